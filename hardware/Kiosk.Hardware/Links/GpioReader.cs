using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Kiosk.Hardware.Links.GpioAbi;
using static Kiosk.Hardware.Links.KernelCalls;

namespace Kiosk.Hardware.Links;

/// <summary>Hears what happens on the lines of one chip, on the reader's thread. Lines are numbered as in the request.</summary>
internal interface IGpioListener
{
    void OnEdge(int line, bool active, long nanoseconds);

    /// <summary>Events of this line were lost before the next one. <see cref="OnLevels"/> follows once the queue is empty.</summary>
    void OnLost(int line);

    /// <summary>The levels, read while no event was waiting: at the start, after a loss, and when a check was asked for.</summary>
    void OnLevels(ulong active);
}

/// <summary>Reads edge events of one chip on the calling thread until stopped.</summary>
/// <remarks>
/// A gap in a line's own sequence means that the kernel dropped its events (the oldest go first). A gap in the request's sequence alone is merged
/// interrupts, or a loss on another line: the levels are read again, and nothing is thrown away.
/// </remarks>
internal sealed unsafe class GpioReader(IGpioLines lines, IGpioListener listener) : IDisposable
{
    private const int EventsPerRead = 16;

    /// <summary>A line that never rests must not keep the levels from being read for ever.</summary>
    private const int SettleAttempts = 8, ReadsInARow = 64;

    private readonly SafeFileHandle _wake = NewWake();
    private readonly Lock _waking = new();
    private readonly uint[] _lineSequences = new uint[lines.Offsets.Count];
    private uint _sequence;
    private bool _settle = true;
    private volatile bool _stopped;

    /// <summary>Reads the levels soon. Any thread.</summary>
    public void Check()
    {
        lock (_waking)
        {
            if (!_wake.IsClosed) Wake();
        }
    }

    /// <summary>Ends <see cref="Run"/> at once. Any thread.</summary>
    public void Stop()
    {
        _stopped = true;
        Check();
    }

    /// <exception cref="DeviceLostException">The chip is gone.</exception>
    public void Run()
    {
        while (!_stopped)
        {
            if (_settle) Settle();
            if (!Wait(-1)) ReadWake();
            else Drain();
        }
    }

    public void Dispose()
    {
        lock (_waking) _wake.Dispose();
    }

    private static SafeFileHandle NewWake()
    {
        var wake = EventCounter(0, NonBlocking | CloseOnExec);
        return wake.IsInvalid ? throw Failure("eventfd") : wake;
    }

    private void Wake()
    {
        // The counter can only be full when the reader is far behind, and then it wakes anyway.
        ulong one = 1;
        if (Write(_wake, &one, sizeof(ulong)) < 0 && Marshal.GetLastPInvokeError() != Eagain) throw Failure("wake the GPIO reader");
    }

    /// <summary>Reads the levels at a moment when they hold nothing that an event is still to tell.</summary>
    private void Settle()
    {
        var levels = lines.ReadLevels();
        for (var attempt = 1; attempt < SettleAttempts && !_stopped && Wait(0); attempt++)
        {
            Drain();
            levels = lines.ReadLevels();
        }

        _settle = false;
        listener.OnLevels(levels);
    }

    /// <returns>Whether events can be read.</returns>
    private bool Wait(int milliseconds)
    {
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = (int)lines.Events.DangerousGetHandle(), Wanted = PollIn };
        entries[1] = new PollEntry { Descriptor = (int)_wake.DangerousGetHandle(), Wanted = PollIn };
        while (Poll(entries, 2, milliseconds) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Eintr) throw Failure("wait for keys", errno);
        }

        if ((entries[0].Found & PollIn) != 0) return true;
        if ((entries[0].Found & (PollError | PollHangUp | PollInvalid)) == 0) return false;
        throw new DeviceLostException(DeviceFault.Disconnected, "the GPIO chip is gone");
    }

    private void ReadWake()
    {
        ulong count;
        var failed = Read(_wake, &count, sizeof(ulong)) < 0;
        if (failed && Marshal.GetLastPInvokeError() is not (Eagain or Eintr)) throw Failure("wake of the GPIO reader");
        _settle = true;
    }

    private void Drain()
    {
        var reads = 0;
        do ReadEvents();
        while (!_stopped && ++reads < ReadsInARow && Wait(0));
    }

    private void ReadEvents()
    {
        var events = stackalloc LineEvent[EventsPerRead];
        var bytes = Read(lines.Events, events, EventsPerRead * sizeof(LineEvent));
        if (bytes < 0 && Marshal.GetLastPInvokeError() is Eintr or Eagain) return;
        if (bytes < 0) throw Failure("read keys");
        if (bytes == 0 || bytes % sizeof(LineEvent) != 0)
        {
            throw new DeviceLostException(DeviceFault.Disconnected, $"the GPIO chip ended its events ({bytes} bytes)");
        }

        for (var i = 0; i < bytes / sizeof(LineEvent); i++) Take(events[i]);
    }

    private void Take(in LineEvent happened)
    {
        var line = IndexOf(happened.Offset);
        if (happened.Sequence != unchecked(_sequence + 1)) _settle = true;
        if (happened.LineSequence != unchecked(_lineSequences[line] + 1))
        {
            _settle = true;
            listener.OnLost(line);
        }

        _sequence = happened.Sequence;
        _lineSequences[line] = happened.LineSequence;
        listener.OnEdge(line, happened.Id == RisingEdge, (long)happened.Nanoseconds);
    }

    private int IndexOf(uint offset)
    {
        for (var i = 0; i < lines.Offsets.Count; i++)
        {
            if (lines.Offsets[i] == offset) return i;
        }

        throw new DeviceLostException(DeviceFault.NotUnderstood, $"event of line {offset}, which was not asked for");
    }
}
