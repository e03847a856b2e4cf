using System.Runtime.InteropServices;
using static Kiosk.Hardware.Links.ByteLibc;

namespace Kiosk.Hardware.Links;

/// <summary>A non-blocking file descriptor: a USB printer's node, a serial port, a pseudo-terminal.</summary>
/// <remarks>poll(2) blocks a thread of its own, woken by an eventfd when the deadline passes or the link is closed.</remarks>
public sealed class DescriptorLink : ByteLink
{
    /// <summary>A USB printer answers a read with zero bytes where it has nothing to say: ask again a little later.</summary>
    private const int EmptyReadPauseMilliseconds = 20;

    /// <summary>usblp does not wake a poll when the printer is pulled: read again now and then, and be told ENODEV.</summary>
    private const int LookAgainMilliseconds = 2000;

    private readonly int _descriptor;
    private readonly bool _emptyReadIsEnd;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private int _users;
    private bool _closed;

    /// <param name="descriptor">Opened with O_NONBLOCK. Owned by the link from now on.</param>
    /// <param name="emptyReadIsEnd">Whether a read of zero bytes means hung up (terminals) or nothing yet (usblp).</param>
    public DescriptorLink(int descriptor, string address, bool emptyReadIsEnd, TimeProvider time) : base(address, time)
    {
        _descriptor = descriptor;
        _emptyReadIsEnd = emptyReadIsEnd;
    }

    /// <exception cref="DeviceLostException">ENOENT, EBUSY, EACCES … by name.</exception>
    internal static int Open(string path)
    {
        var descriptor = ByteLibc.Open(path, ReadWrite | NonBlocking | CloseOnExec | NoControllingTerminal);
        return descriptor >= 0 ? descriptor : throw Lost($"open {path}", Marshal.GetLastPInvokeError());
    }

    protected override Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel) =>
        OnThread(wake => ReadBlocking(buffer.Span, wake, cancel), cancel);

    protected override Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        OnThread(wake => WriteBlocking(bytes.Span, wake, cancel), cancel);

    public override ValueTask DisposeAsync()
    {
        bool last;
        lock (_gate)
        {
            if (_closed) return ValueTask.CompletedTask;
            _closed = true;
            last = _users == 0;
        }

        _closing.Cancel();
        if (last) CloseDescriptor();
        return ValueTask.CompletedTask;
    }

    private Task<int> OnThread(Func<int, int> work, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_closed) throw new DeviceLostException(DeviceFault.Disconnected, $"{Address}: closed");
            _users++;
        }

        return Task.Factory.StartNew(
            () =>
            {
                var wake = EventFd(0, EventNonBlocking | EventCloseOnExec);
                try
                {
                    using var deadline = cancel.Register(() => Wake(wake));
                    using var closing = _closing.Token.Register(() => Wake(wake));
                    return work(wake);
                }
                finally
                {
                    _ = Close(wake);
                    Leave();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private void Leave()
    {
        bool last;
        lock (_gate) last = --_users == 0 && _closed;
        if (last) CloseDescriptor();
    }

    // The number must not be used again by another open while a thread still polls it: the last user closes it.
    private void CloseDescriptor() => _ = Close(_descriptor);

    private static unsafe void Wake(int wake)
    {
        ulong one = 1;
        _ = Write(wake, (byte*)&one, sizeof(ulong));
    }

    private unsafe int ReadBlocking(Span<byte> buffer, int wake, CancellationToken cancel)
    {
        while (true)
        {
            var hungUp = Await(PollIn, wake, cancel);
            nint count;
            fixed (byte* start = buffer) count = Read(_descriptor, start, (nuint)buffer.Length);
            if (count > 0) return (int)count;
            if (count == 0 && _emptyReadIsEnd) throw new DeviceLostException(DeviceFault.Disconnected, $"read {Address}: hung up");
            if (count < 0) Judge("read", Marshal.GetLastPInvokeError(), hungUp);
            else Pause(wake, EmptyReadPauseMilliseconds);
        }
    }

    private unsafe int WriteBlocking(ReadOnlySpan<byte> bytes, int wake, CancellationToken cancel)
    {
        while (true)
        {
            var hungUp = Await(PollOut, wake, cancel);
            nint count;
            fixed (byte* start = bytes) count = Write(_descriptor, start, (nuint)bytes.Length);
            if (count > 0) return (int)count;
            if (count < 0) Judge("write", Marshal.GetLastPInvokeError(), hungUp);
            else Pause(wake, EmptyReadPauseMilliseconds);
        }
    }

    /// <returns>True if the other side is gone; the next read or write says how.</returns>
    private unsafe bool Await(short wanted, int wake, CancellationToken cancel)
    {
        var watched = stackalloc PollFd[2];
        while (true)
        {
            watched[0] = new PollFd { Descriptor = _descriptor, Events = wanted };
            watched[1] = new PollFd { Descriptor = wake, Events = PollIn };
            var ready = Poll(watched, 2, _emptyReadIsEnd ? -1 : LookAgainMilliseconds);
            var error = ready < 0 ? Marshal.GetLastPInvokeError() : 0;
            cancel.ThrowIfCancellationRequested();
            if (_closed) throw new DeviceLostException(DeviceFault.Disconnected, $"{Address}: closed");
            if (error is not (0 or Interrupted)) throw Lost($"poll {Address}", error);
            if (ready == 0) return false;
            if (watched[0].Returned != 0) return (watched[0].Returned & (PollError | PollHangUp | PollInvalid)) != 0;
        }
    }

    private void Judge(string doing, int errno, bool hungUp)
    {
        if (errno == Interrupted) return;
        if (errno != Again) throw Lost($"{doing} {Address}", errno);
        if (hungUp) throw new DeviceLostException(DeviceFault.Disconnected, $"{doing} {Address}: hung up");
    }

    private static unsafe void Pause(int wake, int milliseconds)
    {
        var watched = new PollFd { Descriptor = wake, Events = PollIn };
        _ = Poll(&watched, 1, milliseconds);
    }
}
