using System.Net;
using System.Net.Sockets;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Says welcome to an MQTT 5 client and nothing after that.</summary>
internal sealed class FrozenBroker : IDisposable
{
    // CONNACK: type and flags, remaining length, session present, reason 0, no properties.
    private static readonly byte[] Welcome = [0x20, 3, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<TcpClient> _welcomed;

    public FrozenBroker()
    {
        _listener.Start();
        _welcomed = WelcomeAsync();
    }

    public BrokerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, Tls: false);

    /// <summary>Closes the connection.</summary>
    public void Hang() => _welcomed.Result.Dispose();

    public void Dispose()
    {
        _listener.Dispose();
        if (_welcomed.IsCompletedSuccessfully) _welcomed.Result.Dispose();
    }

    private async Task<TcpClient> WelcomeAsync()
    {
        var client = await _listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync(Welcome);
        return client;
    }
}
