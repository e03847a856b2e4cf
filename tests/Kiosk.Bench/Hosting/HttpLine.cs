using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kiosk.Bench.Hosting;

/// <summary>
/// One kept connection of a program that asks one thing after the other. Requests are rendered before, each goes out in one send, and the thread waits in recv:
/// a client that costs little leaves the machine to the server that is measured.
/// </summary>
internal sealed class HttpLine : IDisposable
{
    private const int LongestAnswer = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private byte[] _buffer = new byte[16 * 1024];

    /// <exception cref="SocketException">Nobody listens.</exception>
    public HttpLine(int port)
    {
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Patience.TotalMilliseconds };
        try
        {
            _socket.Connect(IPAddress.Loopback, port);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public static byte[] Get(string path, string? token = null) => Request("GET", path, null, token);

    /// <param name="body">JSON.</param>
    public static byte[] Post(string path, string body, string? token = null) => Request("POST", path, body, token);

    /// <summary>Asks and waits for the whole answer, which holds until the next is asked.</summary>
    /// <exception cref="IOException">The connection ended, or what came is no answer.</exception>
    public HttpAnswer Ask(byte[] request)
    {
        if (_socket.Send(request) != request.Length) throw new IOException("Half a request was sent.");
        for (var count = 0; ;)
        {
            if (count == _buffer.Length) Grow();
            var more = _socket.Receive(_buffer.AsSpan(count));
            if (more == 0) throw new IOException("The server closed the connection in the middle of an answer.");
            count += more;
            if (HttpAnswer.TryRead(_buffer.AsMemory(0, count)) is { } whole) return whole;
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Grow()
    {
        if (_buffer.Length >= LongestAnswer) throw new IOException($"The answer is longer than {LongestAnswer} bytes.");
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private static byte[] Request(string method, string path, string? body, string? token)
    {
        var signed = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{signed}{length}\r\n{body}");
    }
}
