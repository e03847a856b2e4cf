using System.Net.Sockets;

namespace Kiosk.Hardware.Links;

/// <summary>A TCP connection, as to port 9100 of a network printer. Small writes go out at once; a peer that vanished is found by keepalive.</summary>
public sealed class TcpLink : ByteLink
{
    /// <summary>Keepalive: first probe after 10 s of quiet, then every 5 s, gone after three.</summary>
    private const int KeepAliveTime = 10, KeepAliveInterval = 5, KeepAliveProbes = 3;

    private readonly Socket _socket;

    /// <param name="socket">Connected. Owned by the link from now on.</param>
    public TcpLink(Socket socket, string address, TimeProvider time) : base(address, time)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTime);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }

    /// <exception cref="DeviceLostException">No route, refused, unknown host, or not connected in time.</exception>
    public static async Task<TcpLink> ConnectAsync(string host, int port, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var address = $"tcp://{host}:{port}";
        using var clock = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            return new TcpLink(socket, address, time);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            socket.Dispose();
            throw new DeviceLostException(DeviceFault.Disconnected, $"connect {address}: no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new DeviceLostException(FaultOf(failure), $"connect {address}: {failure.SocketErrorCode}", failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            var count = await _socket.ReceiveAsync(buffer, cancel).ConfigureAwait(false);
            return count > 0 ? count : throw new DeviceLostException(DeviceFault.Disconnected, $"{Address}: closed by the other side");
        }
        catch (SocketException failure)
        {
            throw new DeviceLostException(FaultOf(failure), $"read {Address}: {failure.SocketErrorCode}", failure);
        }
        catch (ObjectDisposedException closed)
        {
            throw new DeviceLostException(DeviceFault.Disconnected, $"read {Address}: closed", closed);
        }
    }

    protected override async Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return await _socket.SendAsync(bytes, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A socket sends in several steps and does not tell how many it took before it was stopped.
            MayHaveTaken(bytes.Length);
            throw;
        }
        catch (SocketException failure)
        {
            MayHaveTaken(bytes.Length);
            throw new DeviceLostException(FaultOf(failure), $"write {Address}: {failure.SocketErrorCode}", failure);
        }
        catch (ObjectDisposedException closed)
        {
            MayHaveTaken(bytes.Length);
            throw new DeviceLostException(DeviceFault.Disconnected, $"write {Address}: closed", closed);
        }
    }

    /// <summary>Says good-bye first: a printer with one connection otherwise keeps it until its own time-out.</summary>
    public override ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.Connected) _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other side was faster: there is nobody left to say good-bye to.
        }

        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DeviceFault FaultOf(SocketException failure) =>
        failure.SocketErrorCode == SocketError.AccessDenied ? DeviceFault.AccessDenied : DeviceFault.Disconnected;
}
