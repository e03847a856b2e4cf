using System.Net;
using System.Net.Sockets;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A wire between a client and its broker that can be cut.</summary>
internal sealed class TestWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly Task _carrying;

    public TestWire(int brokerPort)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _carrying = CarryAsync(brokerPort);
    }

    public int Port { get; }

    public bool Broken => _cut.IsCancellationRequested;

    public void Break() => _cut.Cancel();

    public void Dispose()
    {
        _cut.Cancel();
        _listener.Dispose();
        _carrying.Wait(TestMosquitto.Watchdog);
    }

    private async Task CarryAsync(int brokerPort)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_cut.Token);
            using var broker = new TcpClient();
            await broker.ConnectAsync(IPAddress.Loopback, brokerPort, _cut.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(broker.GetStream(), _cut.Token),
                broker.GetStream().CopyToAsync(client.GetStream(), _cut.Token));
        }
        catch (Exception cut) when (cut is OperationCanceledException or ObjectDisposedException)
        {
            return; // Cut before anybody came.
        }
    }
}
