using static Kiosk.Hardware.Printers.EscPos.EscPosProtocol;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>A printer made of memory: bytes in, paper and answers out.
/// Real-time commands are obeyed on arrival, the rest waits in the buffer while it is off line.</summary>
/// <remarks>Not thread safe. Does not know time: it prints at once or, stalled, not at all.</remarks>
internal sealed partial class EscPosMachine(EscPosOptions options, Action<byte[]> reply)
{
    public const int BufferLimit = 64 * 1024;

    private readonly List<byte> _arriving = [];
    private readonly List<byte> _buffer = [];
    private byte _statusBackMask;
    private byte[] _lastStatusBack = [];

    public PaperStrip Paper { get; } = new();

    public bool CoverOpen { get; private set; }

    /// <summary>The blade is stuck; a cut that is tried becomes an error.</summary>
    public bool BladeStuck { get; private set; }

    public bool CutterError { get; private set; }

    /// <summary>Takes everything, answers real-time questions, prints nothing.</summary>
    public bool Stalled { get; private set; }

    public bool Online => !CoverOpen && !Paper.Out && !CutterError;

    public int Buffered => _buffer.Count;

    /// <summary>No room: the sender has to wait, and is not even asked.</summary>
    public bool Full => _buffer.Count >= BufferLimit;

    /// <summary>Bytes that are no command of this printer: a driver's mistake.</summary>
    public int Unknown { get; private set; }

    public void Receive(byte value)
    {
        // A real printer looks for real-time commands in all that arrives, in the middle of a picture too.
        _arriving.Add(value);
        if (IsRealTimeStart()) return;
        if (_arriving is [Dle, Eot, _] or [Dle, Enq, _] || IsClear()) CarryOutAtOnce();
        else _buffer.AddRange(_arriving.SkipLast(EndsInStart ? 1 : 0));
        var restart = EndsInStart;
        _arriving.Clear();
        if (restart) _arriving.Add(Dle);
        Work();
    }

    public void SetPaper(int lines, bool nearEnd)
    {
        Paper.Load(lines);
        Paper.NearEnd = nearEnd;
        Resume();
    }

    public void SetCover(bool open)
    {
        CoverOpen = open;
        Resume();
    }

    /// <param name="stuck">When freed, a printer that has no command to recover goes on by itself.</param>
    public void SetBlade(bool stuck)
    {
        BladeStuck = stuck;
        if (!stuck && options.Clear == EscPosClear.None) CutterError = false;
        Resume();
    }

    public void SetStalled(bool stalled)
    {
        Stalled = stalled;
        Resume();
    }

    /// <summary>Off and on again: what was in memory is gone, what is on paper stays.</summary>
    public void PowerCycle()
    {
        _arriving.Clear();
        _buffer.Clear();
        CutterError = false;
        _statusBackMask = 0;
        Initialise();
    }

    private bool EndsInStart => _arriving.Count == 2 && _arriving[1] == Dle;

    private bool IsRealTimeStart() => _arriving switch
    {
        [Dle] => true,
        [Dle, Eot or Enq or Dc4] => true,
        [Dle, Dc4, ..] => !IsClear() && _arriving.Count < ClearBuffers.Length && ClearBuffers.StartsWith(_arriving.ToArray()),
        _ => false,
    };

    private bool IsClear() => _arriving.Count == ClearBuffers.Length && ClearBuffers.SequenceEqual(_arriving.ToArray());

    private void CarryOutAtOnce()
    {
        switch (_arriving)
        {
            case [Dle, Eot, var n]: AnswerStatus(n); break;
            case [Dle, Enq, 1 or 2]:
                // 1 tries the cut again, 2 throws it away: it is obeyed only after an error.
                if (CutterError && _arriving[2] == 2) Forget();
                CutterError = CutterError && BladeStuck;
                break;
            default:
                Forget();
                CutterError = BladeStuck && CutterError;
                reply(Cleared.ToArray());
                break;
        }

        TellStatus();
    }

    private void Forget()
    {
        _buffer.Clear();
        _line.Clear();
    }

    private void AnswerStatus(byte n)
    {
        int? cause = n switch
        {
            PrinterStatus => Online ? 0 : 0x08,
            OfflineCause => (CoverOpen ? 0x04 : 0) | (Paper.Out ? 0x20 : 0) | (CutterError ? 0x40 : 0),
            ErrorCause => CutterError ? 0x08 : 0,
            PaperSensors => (Paper.NearEnd || Paper.Out ? 0x0C : 0) | (Paper.Out ? 0x60 : 0),
            _ => null,
        };
        if (cause is { } bits) reply([(byte)(0x12 | bits)]);
    }

    private byte[] StatusBack() =>
    [
        (byte)(0x10 | (Online ? 0 : 0x08) | (CoverOpen ? 0x20 : 0)),
        (byte)(CutterError ? 0x08 : 0),
        (byte)((Paper.NearEnd || Paper.Out ? 0x03 : 0) | (Paper.Out ? 0x0C : 0)),
        0,
    ];

    private void Resume()
    {
        TellStatus();
        Work();
    }

    private void TellStatus()
    {
        if (_statusBackMask == 0 || StatusBack() is var now && now.AsSpan().SequenceEqual(_lastStatusBack)) return;
        _lastStatusBack = StatusBack();
        reply(_lastStatusBack);
    }

    private void Work()
    {
        while (Online && !Stalled && _buffer.Count > 0)
        {
            var taken = Take(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_buffer));
            _buffer.RemoveRange(0, taken);
            TellStatus();
            if (taken == 0) return;
        }
    }
}
