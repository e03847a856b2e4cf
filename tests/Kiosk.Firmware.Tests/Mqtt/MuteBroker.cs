using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A broker of MQTT 5 that lets everybody in and answers what it is told to answer. It has threads of its own: it is mute where it is to be, and never late.</summary>
internal sealed class MuteBroker : IDisposable
{
    private const byte Connect = 1, Publish = 3, Subscribe = 8, Ping = 12;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _heard = [];
    private readonly Thread _thread;
    private volatile NetworkStream? _client;
    private volatile bool _over, _answersSubscriptions, _answersMessages;
    private volatile int _connections;

    public MuteBroker()
    {
        _listener.Start();
        _thread = new(Serve) { IsBackground = true, Name = "mute broker" };
        _thread.Start();
    }

    public BrokerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, Tls: false);

    public bool AnswersSubscriptions
    {
        get => _answersSubscriptions;
        set => _answersSubscriptions = value;
    }

    public bool AnswersMessages
    {
        get => _answersMessages;
        set => _answersMessages = value;
    }

    public int Connections => _connections;

    /// <summary>Messages as they came, whether they were acknowledged or not.</summary>
    public IReadOnlyList<MqttMessage> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    /// <summary>To whoever is connected, at QoS 0.</summary>
    public void Say(string topic, string payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic), body = [(byte)(name.Length >> 8), (byte)name.Length, .. name, 0, .. Encoding.UTF8.GetBytes(payload)];
        _client!.Write([Publish << 4, (byte)body.Length, .. body]);
    }

    /// <summary>Closes the connection.</summary>
    public void Hang() => _client!.Dispose();

    public void Dispose()
    {
        _over = true;
        _listener.Dispose();
        _client?.Dispose();
        Assert.True(_thread.Join(TestMosquitto.Watchdog));
    }

    // A program that another test starts at the same moment can keep a copy of the client's socket: one that was closed need not end here.
    private void Serve()
    {
        try
        {
            while (!_over)
            {
                var client = _listener.AcceptTcpClient();
                _client = client.GetStream();
                new Thread(() => Serve(client)) { IsBackground = true, Name = "mute broker's client" }.Start();
                _connections++;
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            return; // The test is over.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (!_over) Answer(stream);
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
            {
                return; // The client has gone, or was hung up on.
            }
        }
    }

    // Types and layouts of packets: MQTT 5, sections 2 and 3. Each answer here has no properties.
    private void Answer(NetworkStream stream)
    {
        var kind = One(stream);
        var body = new byte[Length(stream)];
        stream.ReadExactly(body);
        byte[]? answer = (kind >> 4) switch
        {
            Connect => [0x20, 3, 0, 0, 0],
            Publish => Take(kind, body),
            Subscribe when AnswersSubscriptions => [0x90, 4, body[0], body[1], 0, 1],
            Ping => [0xD0, 0],
            _ => null,
        };
        if (answer is not null) stream.Write(answer);
    }

    private byte[]? Take(byte kind, byte[] body)
    {
        var end = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        var properties = end + 2;
        lock (_gate) _heard.Add(new(Encoding.UTF8.GetString(body.AsSpan(2..end)), body[(properties + 1 + body[properties])..], (kind & 1) != 0));
        return AnswersMessages ? [0x40, 2, body[end], body[end + 1]] : null;
    }

    private static byte One(NetworkStream stream)
    {
        Span<byte> one = stackalloc byte[1];
        stream.ReadExactly(one);
        return one[0];
    }

    private static int Length(NetworkStream stream)
    {
        for (int length = 0, shift = 0; ; shift += 7)
        {
            var one = One(stream);
            length |= (one & 0x7F) << shift;
            if ((one & 0x80) == 0) return length;
        }
    }
}
