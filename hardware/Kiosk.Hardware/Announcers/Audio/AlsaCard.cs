using static Kiosk.Hardware.Announcers.Audio.AlsaLibrary;

namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>A sound card by its ALSA name: <c>default</c>, <c>plughw:CARD=Device</c>. Opened so that no call waits.</summary>
internal sealed unsafe class AlsaCard : IPcm
{
    /// <summary>A multiple of <see cref="Playback.LookEvery"/>: a host that is busy for a quarter of a second is not heard.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(300);

    private readonly string _name;
    private readonly Lock _gate = new();
    private nint _pcm;

    private AlsaCard(string name, int rate, nint pcm) => (_name, Rate, _pcm) = (name, rate, pcm);

    public int Rate { get; }

    public TimeSpan Buffer => Held;

    public PcmState State
    {
        get
        {
            // A call that hangs in a sound server must not hang whoever looks: it is busy, and its own deadline finds out.
            if (!_gate.TryEnter()) return PcmState.Running;
            try
            {
                return _pcm == 0 ? PcmState.Gone : Look();
            }
            finally
            {
                _gate.Exit();
            }
        }
    }

    private PcmState Look()
    {
        var state = AlsaLibrary.State(_pcm);
        if (state is AlsaLibrary.Running or AlsaLibrary.Draining)
        {
            // Mixers (dmix, sound servers) keep the state that they knew last, and go on to stopped only when somebody asks how much has been played.
            _ = AlsaLibrary.Available(_pcm);
            state = AlsaLibrary.State(_pcm);
        }

        return state switch
        {
            AlsaLibrary.Prepared => PcmState.Prepared,
            AlsaLibrary.Running => PcmState.Running,

            // A board that slept lost its place: it is begun again like one that ran out.
            AlsaLibrary.Underrun or Suspended => PcmState.Underrun,
            AlsaLibrary.Draining => PcmState.Draining,
            Disconnected => PcmState.Gone,
            _ => PcmState.Stopped,
        };
    }

    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public static AlsaCard Open(string name, int rate)
    {
        try
        {
            Hush();
            Demand(OpenPcm(out var pcm, name, AlsaLibrary.Playback, NonBlocking), "open", name);
            var set = SetParameters(pcm, Signed16, Interleaved, 1, (uint)rate, 1, (uint)Held.TotalMicroseconds);
            if (set >= 0) return new(name, rate, pcm);

            _ = Close(pcm);
            throw new DeviceLostException(DeviceFault.NotUnderstood, $"alsa:{name}: one channel of {rate} Hz, 16 bit: {Words(set)}; a card by its hw: name takes only what it can itself, plughw: converts");
        }
        catch (DllNotFoundException missing)
        {
            throw new DeviceLostException(DeviceFault.Broken, $"alsa:{name}: libasound.so.2 is not installed (package libasound2)", missing);
        }
    }

    public void Prepare() => Call(AlsaLibrary.Prepare, "prepare");

    public int Write(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            Alive();
            fixed (short* first = samples)
            {
                var taken = (int)AlsaLibrary.Write(_pcm, first, (nuint)samples.Length);
                if (taken is Again or BrokenPipe or StreamsPipe) return 0;
                Demand(taken, "write to", _name);
                return taken;
            }
        }
    }

    public void Drain()
    {
        lock (_gate)
        {
            Alive();
            var result = AlsaLibrary.Drain(_pcm);

            // Not waited for: the state says when it is done. An underrun at the very end has played everything.
            if (result is not (Again or BrokenPipe or StreamsPipe)) Demand(result, "drain", _name);
        }
    }

    public void Drop()
    {
        lock (_gate)
        {
            // Of a card that is gone, nothing is heard either.
            if (_pcm != 0) _ = AlsaLibrary.Drop(_pcm);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_pcm == 0) return;
            _ = AlsaLibrary.Drop(_pcm);
            _ = Close(_pcm);
            _pcm = 0;
        }
    }

    private void Call(Func<nint, int> call, string verb)
    {
        lock (_gate)
        {
            Alive();
            Demand(call(_pcm), verb, _name);
        }
    }

    private void Alive() => ObjectDisposedException.ThrowIf(_pcm == 0, this);

    private static void Demand(int result, string verb, string name)
    {
        if (result >= 0) return;
        throw new DeviceLostException(FaultOf(result), $"{verb} alsa:{name}: {Words(result)}");
    }

    private static DeviceFault FaultOf(int error) => error switch
    {
        NoEntry or NoDevice or NoDeviceOrAddress => DeviceFault.Disconnected,
        Busy => DeviceFault.InUse,
        Permission or Access => DeviceFault.AccessDenied,
        _ => DeviceFault.Broken,
    };
}
