using System.Net;
using System.Net.Sockets;

namespace Kiosk.Bench.Yardsticks;

/// <summary>The least that telling many can cost: one thread that sends the same bytes to one socket after the other.</summary>
internal sealed class RawFanOut : IDisposable
{
    public const string Name = "raw sockets, one writer";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];

    public RawFanOut(int backlog) => _listener.Start(backlog);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes those who have connected; each is sent the greeting.</summary>
    public void Accept(int count, ReadOnlySpan<byte> greeting)
    {
        for (var n = 0; n < count; n++)
        {
            var socket = _listener.AcceptSocket();
            socket.NoDelay = true;
            _sockets.Add(socket);
            socket.Send(greeting);
        }
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        foreach (var socket in _sockets) socket.Send(message);
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _sockets) socket.Dispose();
    }
}
