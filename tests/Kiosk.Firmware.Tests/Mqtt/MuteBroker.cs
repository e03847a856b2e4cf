using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A broker of MQTT 5 for one publisher, that lets everybody in and answers what it is told to answer.</summary>
internal sealed class MuteBroker : IDisposable
{
    private const byte Connect = 1, Publish = 3, Subscribe = 8, Ping = 12;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _heard = [];
    private readonly Task _serving;
    private volatile NetworkStream? _client;
    private int _connections;

    public MuteBroker()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public BrokerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, Tls: false);

    public bool AnswersSubscriptions { get; set; }

    public bool AnswersMessages { get; set; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Messages as they came, whether they were acknowledged or not.</summary>
    public IReadOnlyList<MqttMessage> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    /// <summary>To whoever is connected, at QoS 0.</summary>
    public async Task SayAsync(string topic, string payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic), body = [(byte)(name.Length >> 8), (byte)name.Length, .. name, 0, .. Encoding.UTF8.GetBytes(payload)];
        await _client!.WriteAsync((byte[])[Publish << 4, (byte)body.Length, .. body], _stop.Token);
    }

    /// <summary>Closes the connection.</summary>
    public void Hang() => _client!.Dispose();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _serving.Wait(TestMosquitto.Watchdog);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _client = client.GetStream();
                Interlocked.Increment(ref _connections);
                await ServeAsync(_client);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            return; // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                var kind = await ByteAsync(stream);
                var body = new byte[await LengthAsync(stream)];
                await stream.ReadExactlyAsync(body, _stop.Token);
                if (Answer(kind, body) is { } answer) await stream.WriteAsync(answer, _stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException || (gone is ObjectDisposedException && !_stop.IsCancellationRequested))
        {
            return; // The client has gone, or was hung up on.
        }
    }

    // Types and layouts of packets: MQTT 5, sections 2 and 3. Each answer here has no properties.
    private byte[]? Answer(byte kind, byte[] body) => (kind >> 4) switch
    {
        Connect => [0x20, 3, 0, 0, 0],
        Publish => Take(kind, body),
        Subscribe when AnswersSubscriptions => [0x90, 4, body[0], body[1], 0, 1],
        Ping => [0xD0, 0],
        _ => null,
    };

    private byte[]? Take(byte kind, byte[] body)
    {
        var end = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        var properties = end + 2;
        lock (_gate) _heard.Add(new(Encoding.UTF8.GetString(body.AsSpan(2..end)), body[(properties + 1 + body[properties])..], (kind & 1) != 0));
        return AnswersMessages ? [0x40, 2, body[end], body[end + 1]] : null;
    }

    private async Task<byte> ByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, _stop.Token);
        return one[0];
    }

    private async Task<int> LengthAsync(NetworkStream stream)
    {
        for (int length = 0, shift = 0; ; shift += 7)
        {
            var one = await ByteAsync(stream);
            length |= (one & 0x7F) << shift;
            if ((one & 0x80) == 0) return length;
        }
    }
}
