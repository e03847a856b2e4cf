using System.Net;
using System.Net.Sockets;

namespace Kiosk.Simulation.Money;

/// <summary>A cable between the board and a device on which every byte is counted, in both directions, and which breaks right before one of them.</summary>
internal sealed class CutCable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Func<int> _device;
    private readonly Action _cut;
    private readonly Task _accepting;
    private CancellationTokenSource _live = new();
    private long _bytes;
    private bool _dead;

    /// <param name="device">Port of the device; asked anew for each connection.</param>
    /// <param name="at">Number of the byte that is not carried any more, from 1; null: none.</param>
    /// <param name="cut">What breaks with it, once.</param>
    public CutCable(Func<int> device, long? at, Action cut)
    {
        (_device, At, _cut) = (device, at, cut);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public long? At { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Hangs up. A dead cable is never plugged in again.</summary>
    public void Break(bool forEver)
    {
        CancellationTokenSource live;
        lock (_gate)
        {
            _dead |= forEver;
            (live, _live) = (_live, new());
        }

        live.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Break(forEver: true);
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var board = await _listener.AcceptSocketAsync(_stop.Token);
                CancellationToken live;
                lock (_gate) live = _dead ? new(true) : _live.Token;
                talks.Add(TalkAsync(board, live));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // Nobody is served any more.
        }

        await Task.WhenAll(talks);
    }

    private async Task TalkAsync(Socket board, CancellationToken live)
    {
        using var talk = CancellationTokenSource.CreateLinkedTokenSource(live, _stop.Token);
        using var device = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var here = board;
        board.NoDelay = true;
        try
        {
            talk.Token.ThrowIfCancellationRequested();
            await device.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _device()), talk.Token);
            var first = await Task.WhenAny(CarryAsync(board, device, talk.Token), CarryAsync(device, board, talk.Token));
            await talk.CancelAsync();
            await first;
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // Hung up, there or here.
        }
    }

    private async Task CarryAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var buffer = new byte[1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer, cancel);
            if (count == 0) return;
            var (carried, breaks) = Count(count);
            for (var sent = 0; sent < carried;) sent += await to.SendAsync(buffer.AsMemory(sent, carried - sent), cancel);
            if (!breaks) continue;

            // What has left is on the wire: the device, or the board, gets it before the end.
            to.Shutdown(SocketShutdown.Send);
            _cut();
            return;
        }
    }

    private (int Carried, bool Breaks) Count(int count)
    {
        lock (_gate)
        {
            if (At is not { } at || _bytes >= at || _bytes + count < at)
            {
                _bytes += count;
                return (count, false);
            }

            var carried = (int)(at - 1 - _bytes);
            _bytes += count;
            return (carried, true);
        }
    }
}
