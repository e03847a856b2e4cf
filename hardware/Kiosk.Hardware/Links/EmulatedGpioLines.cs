using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Kiosk.Hardware.Links.GpioAbi;
using static Kiosk.Hardware.Links.KernelCalls;

namespace Kiosk.Hardware.Links;

/// <summary>Lines of a chip made of memory: a pipe that delivers the kernel's own event records, so that the reader runs unchanged.</summary>
internal sealed unsafe class EmulatedGpioLines : IGpioLines
{
    private readonly Func<ulong> _levels;
    private readonly SafeFileHandle _sender;
    private readonly uint[] _lineSequences;
    private readonly Lock _lock = new();
    private uint _sequence;

    public EmulatedGpioLines(GpioRequest request, IReadOnlyList<uint> offsets, Func<ulong> levels)
    {
        var ends = stackalloc int[2];
        if (Pipe(ends, NonBlocking | CloseOnExec) < 0) throw Failure("pipe");
        Events = new SafeFileHandle(ends[0], ownsHandle: true);
        _sender = new SafeFileHandle(ends[1], ownsHandle: true);
        _levels = levels;
        _lineSequences = new uint[offsets.Count];
        Offsets = offsets;
        Request = request;
    }

    public GpioRequest Request { get; }

    public SafeFileHandle Events { get; }

    public IReadOnlyList<uint> Offsets { get; }

    public bool Closed => Events.IsClosed || _sender.IsClosed;

    public ulong ReadLevels()
    {
        ObjectDisposedException.ThrowIf(Events.IsClosed, this);
        return Closed ? throw new DeviceLostException(DeviceFault.Disconnected, "levels of the emulated chip: ENODEV, it is unplugged") : _levels();
    }

    /// <summary>Sends one edge. A pipe that is full loses it, which the reader sees as a gap.</summary>
    public void Send(int line, bool active, long nanoseconds) => Send(line, active, nanoseconds, lost: false);

    /// <summary>Counts an edge that nobody will hear of: the kernel's buffer was full.</summary>
    public void Lose(int line, bool active, long nanoseconds) => Send(line, active, nanoseconds, lost: true);

    /// <summary>The chip is gone: the reader's end hangs up.</summary>
    public void Unplug()
    {
        lock (_lock) _sender.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _sender.Dispose();
            Events.Dispose();
        }
    }

    private void Send(int line, bool active, long nanoseconds, bool lost)
    {
        lock (_lock)
        {
            if (Closed) return;
            var happened = new LineEvent
            {
                Nanoseconds = (ulong)nanoseconds,
                Id = active ? RisingEdge : FallingEdge,
                Offset = Offsets[line],
                Sequence = unchecked(++_sequence),
                LineSequence = unchecked(++_lineSequences[line]),
            };
            if (!lost && Write(_sender, &happened, sizeof(LineEvent)) < 0 && Marshal.GetLastPInvokeError() != Eagain) throw Failure("emulated edge");
        }
    }
}
