using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>Lamps made of memory on output lines of the emulated chip.</summary>
internal sealed class EmulatedLamps(IReadOnlyList<PanelLamp> lamps, Action changed) : IGpioOutputs
{
    private readonly Lock _lock = new();
    private readonly int[] _flashes = new int[lamps.Count];
    private ulong _lit;

    /// <summary>The lines do not obey: each write is an I/O error.</summary>
    public volatile bool Broken;

    public volatile bool Plugged = true;

    public IReadOnlyList<(PanelLamp Lamp, bool Lit, int Flashes)> Look()
    {
        lock (_lock) return [.. lamps.Select((lamp, index) => (lamp, Plugged && (_lit & (1UL << index)) != 0, _flashes[index]))];
    }

    public void Write(ulong active)
    {
        if (!Plugged) throw new DeviceLostException(DeviceFault.Disconnected, "lamps of the emulated chip: ENODEV, it is unplugged");
        if (Broken) throw new DeviceLostException(DeviceFault.Broken, "lamps of the emulated chip: EIO");
        lock (_lock)
        {
            var lit = active & ~_lit;
            for (var index = 0; index < _flashes.Length; index++) _flashes[index] += (int)((lit >> index) & 1);
            _lit = active;
        }

        changed();
    }

    /// <summary>Given back by the host: dark.</summary>
    public void Dispose()
    {
        lock (_lock) _lit = 0;
        changed();
    }
}
