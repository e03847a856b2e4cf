using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace Kiosk.Bench.Screens;

/// <summary>Many live screens on one thread: each stream is searched for what the screen is to show, and the time is noted at which the event with it was there whole.</summary>
internal sealed class ScreenCrowd : IDisposable
{
    /// <summary>A beat is shorter, an event with parts is longer.</summary>
    private const int LongestBeat = 250;

    private const int LongestMark = 32, ReceiveSize = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(50);

    private readonly Epoll _epoll = new();
    private readonly List<Screen> _screens = [];
    private readonly byte[] _buffer = new byte[LongestMark + ReceiveSize];
    private readonly Thread _reader;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _all = new(true);
    private byte[] _mark = [];
    private int _left;
    private long _lastParts = Stopwatch.GetTimestamp();
    private volatile bool _over;
    private Exception? _broken;

    public ScreenCrowd()
    {
        _reader = new(Read) { IsBackground = true, Name = "screens" };
        _reader.Start();
    }

    public int Count => _screens.Count;

    /// <summary>Of all screens together since the last <see cref="Expect"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>One more screen, which is to show what is expected too. Its request may be empty where the other end begins by itself.</summary>
    public void Join(int port, byte[] request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        if (request.Length > 0) socket.Send(request);
        lock (_gate)
        {
            _screens.Add(new(socket));
            _left++;
            _all.Reset();
            _epoll.Watch(socket, _screens.Count - 1);
        }
    }

    /// <summary>From now on each screen is to show these bytes, once.</summary>
    public void Expect(ReadOnlySpan<byte> mark)
    {
        if (mark.Length > LongestMark) throw new ArgumentException($"A mark has at most {LongestMark} bytes.", nameof(mark));
        lock (_gate)
        {
            _mark = mark.ToArray();
            _left = _screens.Count;
            Bytes = 0;
            _all.Reset();
            foreach (var screen in _screens) (screen.Sought, screen.At) = (Sought.Mark, 0);
        }
    }

    /// <summary>Waits until every screen shows what is expected.</summary>
    /// <returns>When each had it whole, as <see cref="Stopwatch"/> timestamps, screen by screen.</returns>
    /// <exception cref="TimeoutException">Some do not show it.</exception>
    public long[] Shown()
    {
        var there = _all.Wait(Patience);
        lock (_gate)
        {
            if (_broken is not null) ExceptionDispatchInfo.Throw(_broken);
            if (!there) throw new TimeoutException($"{_left} of {_screens.Count} screens do not show {System.Text.Encoding.UTF8.GetString(_mark)} after {Patience.TotalSeconds} s.");
            return [.. _screens.Select(screen => screen.At)];
        }
    }

    /// <summary>Waits until nothing but beats has come for so long.</summary>
    public async Task QuietAsync(TimeSpan span, CancellationToken cancel)
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastParts)) < span;)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException("The screens do not come to rest.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
        }
    }

    public void Dispose()
    {
        _over = true;
        _reader.Join();
        foreach (var screen in _screens) screen.Socket.Dispose();
        _epoll.Dispose();
        _all.Dispose();
    }

    private void Read()
    {
        try
        {
            while (!_over) _epoll.Wait(Look, Receive);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            lock (_gate) _broken = broken;
            _all.Set();
        }
    }

    private void Receive(int number)
    {
        lock (_gate)
        {
            var screen = _screens[number];
            screen.Tail.AsSpan(0, screen.TailLength).CopyTo(_buffer.AsSpan(LongestMark - screen.TailLength));
            var count = screen.Socket.Receive(_buffer.AsSpan(LongestMark));
            var at = Stopwatch.GetTimestamp();
            if (count == 0) throw new IOException($"The stream of screen {number + 1} of {_screens.Count} ended.");

            Bytes += count;
            if (count > LongestBeat) Interlocked.Exchange(ref _lastParts, at);
            Search(screen, _buffer.AsSpan(LongestMark - screen.TailLength, screen.TailLength + count), at);
            screen.Keep(_buffer.AsSpan(count, LongestMark), Math.Min(LongestMark, screen.TailLength + count));
        }
    }

    private void Search(Screen screen, ReadOnlySpan<byte> text, long at)
    {
        if (screen.Sought == Sought.Mark)
        {
            if (text.IndexOf(_mark) is not (>= 0 and var found)) return;
            screen.Sought = Sought.End;
            text = text[(found + _mark.Length)..];
        }

        // An event is whole with its empty line.
        if (screen.Sought != Sought.End || text.IndexOf("\n\n"u8) < 0) return;
        (screen.Sought, screen.At) = (Sought.Nothing, at);
        if (--_left == 0) _all.Set();
    }

    private enum Sought
    {
        Nothing,
        Mark,
        End,
    }

    private sealed class Screen(Socket socket)
    {
        public Socket Socket { get; } = socket;

        /// <summary>The last bytes that came: a mark may come in two pieces.</summary>
        public byte[] Tail { get; } = new byte[LongestMark];

        public int TailLength { get; private set; }

        public Sought Sought { get; set; } = Sought.Mark;

        public long At { get; set; }

        public void Keep(ReadOnlySpan<byte> last, int length)
        {
            last[^length..].CopyTo(Tail);
            TailLength = length;
        }
    }
}
