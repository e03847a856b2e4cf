using System.Net;
using System.Net.Sockets;

namespace Kiosk.Hardware.Links.Emulation;

/// <summary>The port that listens while there is power.</summary>
internal sealed partial class EmulatedWire
{
    private TcpListener? _listener;
    private CancellationTokenSource _power = new();
    private CancellationTokenSource? _cut;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Of 127.0.0.1. May change when the power comes back.</summary>
    public int Port { get; private set; }

    public ByteLinkAddress Address => new ByteLinkAddress.Tcp("127.0.0.1", Port);

    public bool Powered => _listener is not null;

    private void PowerOn()
    {
        if (Powered) return;
        _power = new CancellationTokenSource();
        _listener = Listen(Port);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        var (listener, before, power) = (_listener, _accepting, _power.Token);
        _accepting = Task.Run(() => AcceptAsync(listener, before, power), CancellationToken.None);
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start(backlog: 4);
            return listener;
        }
        catch (SocketException taken) when (port != 0 && taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Somebody took our port while we were off.
            return Listen(0);
        }
    }

    private void PowerOff()
    {
        if (_listener is not { } listener) return;
        _cut = _power;

        // Forgotten first: the one who waits on it looks here why it stopped.
        _listener = null;
        listener.Stop();
        _device.LosePower();
    }

    // Outside the lock: what was cancelled may go on in this very call.
    private void CutConnections() => Interlocked.Exchange(ref _cut, null)?.Cancel();

    private async Task AcceptAsync(TcpListener listener, Task before, CancellationToken power)
    {
        await before.ConfigureAwait(false);
        while (!power.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync(power).ConfigureAwait(false);
            }
            catch (Exception off) when (off is OperationCanceledException or SocketException or InvalidOperationException && _listener != listener)
            {
                return;
            }

            await ServeAsync(new TcpLink(socket, $"tcp://127.0.0.1:{Port}", _time), power).ConfigureAwait(false);
        }
    }
}
