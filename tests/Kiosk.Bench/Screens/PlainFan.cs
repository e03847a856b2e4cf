using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Screens;

/// <summary>The same crowd at raw sockets.</summary>
internal sealed class PlainFan : IDisposable
{
    private const int Least = 64;

    private readonly RawFanOut _writer;
    private readonly ScreenCrowd _crowd = new();
    private int _sent;

    public PlainFan(int size)
    {
        _writer = new(size);
        var greeting = "hello\n\n"u8;
        _crowd.Expect("hello"u8);
        for (var n = 0; n < size; n++)
        {
            _crowd.Join(_writer.Port, []);
            _writer.Accept(1, greeting);
        }

        _crowd.Shown();
    }

    /// <summary>A message of so many bytes to each.</summary>
    public Reached Send(int bytes)
    {
        var mark = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $">{++_sent}<"));
        var message = new byte[Math.Max(Least, bytes)];
        message.AsSpan().Fill((byte)'x');
        mark.CopyTo(message, 0);
        "\n\n"u8.CopyTo(message.AsSpan(message.Length - 2));
        _crowd.Expect(mark);

        var sent = Stopwatch.GetTimestamp();
        _writer.Send(message);
        return Reached.Of(_crowd, sent, Stopwatch.GetTimestamp());
    }

    public void Dispose()
    {
        _crowd.Dispose();
        _writer.Dispose();
    }
}
