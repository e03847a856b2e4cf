using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Hardware.Announcers.Emulation;

/// <summary>The card's end of the calls: a ring of samples that empties at the pace of the clock. Behaves as the kernel's: plays when half full or drained, and stops when it runs dry.</summary>
internal sealed class EmulatedCard(int rate, TimeProvider time, Lock gate, SpeakerEmulator speaker) : IPcm
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(300);

    private readonly int _room = Sound.Count(rate, Held);
    private readonly List<short> _samples = [];
    private PcmState _state = PcmState.Stopped;
    private string _words = "";
    private long _looked;

    /// <summary>Samples that have left the loudspeaker.</summary>
    private double _played;
    private bool _disposed;

    public int Rate => rate;

    public TimeSpan Buffer => Held;

    public int Underruns { get; private set; }

    /// <summary>What is being said, or null. Under the emulator's lock.</summary>
    public string? Playing => _state is PcmState.Running or PcmState.Draining ? _words : null;

    public PcmState State
    {
        get
        {
            bool ended;
            PcmState now;
            lock (gate)
            {
                var before = Playing;
                Pass();
                (ended, now) = (before is not null && Playing is null, _state);
            }

            if (ended) speaker.Tell();
            return now;
        }
    }

    public void Describe(string words)
    {
        lock (gate) _words = words;
    }

    public void Prepare()
    {
        lock (gate)
        {
            Alive();

            // After an underrun the same sentence goes on.
            if (_state != PcmState.Underrun) Begin();
            _state = PcmState.Prepared;
        }
    }

    public int Write(ReadOnlySpan<short> samples)
    {
        int taken;
        bool began;
        lock (gate)
        {
            Alive();
            Pass();
            if (_state is not (PcmState.Prepared or PcmState.Running)) return 0;
            taken = Math.Min(samples.Length, _room - (_samples.Count - (int)_played));
            _samples.AddRange(samples[..taken]);
            began = _state == PcmState.Prepared && _samples.Count - _played >= _room / 2;
            if (began) Start(PcmState.Running);
        }

        if (began) speaker.Tell();
        return taken;
    }

    public void Drain()
    {
        lock (gate)
        {
            Alive();
            Pass();

            // What ran dry at the very end has been played.
            if (_state == PcmState.Underrun) Finish(cut: false);
            else if (_state is PcmState.Prepared or PcmState.Running) Start(PcmState.Draining);
        }

        speaker.Tell();
    }

    public void Drop()
    {
        lock (gate)
        {
            Pass();
            if (_state is PcmState.Gone or PcmState.Stopped) return;
            Finish(cut: true);
        }

        speaker.Tell();
    }

    public void Dispose()
    {
        Drop();
        lock (gate)
        {
            _disposed = true;
            speaker.Released(this);
        }
    }

    /// <summary>Under the lock.</summary>
    public void Unplug()
    {
        Pass();
        if (_state is not (PcmState.Stopped or PcmState.Gone)) Finish(cut: true);
        _state = PcmState.Gone;
    }

    /// <summary>Under the lock.</summary>
    public void RunDry()
    {
        if (_state != PcmState.Running) return;
        _played = _samples.Count;
        Underruns++;
        _state = PcmState.Underrun;
    }

    private void Alive()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_state == PcmState.Gone) throw new DeviceLostException(DeviceFault.Disconnected, "emulated sound card: ENODEV, it is unplugged");
    }

    private void Begin()
    {
        _samples.Clear();
        _played = 0;
    }

    private void Start(PcmState state)
    {
        if (_state == PcmState.Prepared) _looked = time.GetTimestamp();
        _state = state;
    }

    /// <summary>Time has passed: that many samples have left.</summary>
    private void Pass()
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(_looked, now);
        _looked = now;
        if (speaker.Jammed || _state is not (PcmState.Running or PcmState.Draining)) return;
        _played = Math.Min(_samples.Count, _played + (passed.TotalSeconds * rate));
        if (_played < _samples.Count) return;
        if (_state == PcmState.Draining)
        {
            Finish(cut: false);
            return;
        }

        Underruns++;
        _state = PcmState.Underrun;
    }

    private void Finish(bool cut)
    {
        var heard = cut ? (int)_played : _samples.Count;
        if (heard > 0) speaker.Keep(new Sound(rate, _samples.Take(heard).ToArray()), _words, cut);
        Begin();
        _state = PcmState.Stopped;
    }
}
