using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>Panels with a chip each, on one bus. A panel that does not acknowledge does not take the others with it.</summary>
internal sealed class Ht16k33Wire(Ht16k33Options options, II2cLink link) : IPanelWire
{
    /// <summary>What was last seen of each panel: null when it took what it was sent.</summary>
    private readonly I2cRefusal?[] _refusals = new I2cRefusal?[options.Panels.Count];

    public IReadOnlyList<int> Panels { get; } = [.. options.Panels.Select(panel => panel.Panel)];

    public ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
    {
        for (var panel = 0; panel < Panels.Count; panel++) Send(panel, Ht16k33Protocol.Refresh(Memory(page, panel), page.Brightness));
        return new(Health());
    }

    public ValueTask<DeviceHealth> ChangeAsync(PanelPage page, IReadOnlyList<bool> changed, CancellationToken cancel)
    {
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            // Whoever was away may have lost its power meanwhile: the refresh brings it back with everything it needs.
            if (changed[panel] && _refusals[panel] is null) Send(panel, [Ht16k33Protocol.Content(Memory(page, panel))]);
        }

        return new(Health());
    }

    public ValueTask DisposeAsync()
    {
        link.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[] Memory(PanelPage page, int panel)
    {
        if (page.LampTest) return Ht16k33Protocol.AllLit;
        var places = options.Layout.Places.Count;
        return Ht16k33Protocol.Memory(options.Layout, SevenSegments.RightAligned(page.Sights[panel].Line(places), places));
    }

    private void Send(int panel, IEnumerable<byte[]> messages)
    {
        _refusals[panel] = null;
        foreach (var message in messages)
        {
            _refusals[panel] = link.Write(options.Panels[panel].Address, message);
            if (_refusals[panel] is not null) return;
        }
    }

    /// <exception cref="DeviceLostException">No panel is left.</exception>
    private DeviceHealth Health()
    {
        if (_refusals.All(refusal => refusal is null)) return DeviceHealth.Ok;
        var (first, lost) = (_refusals.First(refusal => refusal is not null)!, Panels.Where((_, panel) => _refusals[panel] is not null).ToList());
        var detail = $"{(lost.Count == 1 ? "panel" : "panels")} {string.Join(", ", lost)}: {first.Detail}";
        return lost.Count == Panels.Count ? throw new DeviceLostException(first.Fault, detail) : DeviceHealth.Degraded(first.Fault, detail);
    }
}
