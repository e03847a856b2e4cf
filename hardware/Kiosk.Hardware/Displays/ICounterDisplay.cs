namespace Kiosk.Hardware.Displays;

/// <summary>What one panel shows.</summary>
/// <param name="Text">Ticket number as <c>A012</c>, or empty for dark.</param>
/// <param name="Flash">True to flash a few times from now: a fresh call. At most three flashes a second.</param>
/// <param name="Paused">The counter is paused: its own sign where the panel has one, dashes on seven segments.</param>
/// <param name="Stale">The state behind it is not known to be current: shows <c>--</c>.</param>
public sealed record CounterFace(string Text, bool Flash = false, bool Paused = false, bool Stale = false)
{
    public static CounterFace Dark { get; } = new("");
}

/// <summary>
/// One or more counter panels on one link. There is no read-back: content is sent again every few seconds. Panels are stale until the first
/// <see cref="Show"/>, and again when the device is disposed while its link works: an old number must not look like a fresh one.
/// </summary>
public interface ICounterDisplay : IDevice
{
    /// <summary>Numbers of the panels, as set in the options: the counters' numbers.</summary>
    IReadOnlyList<int> Panels { get; }

    /// <summary>Shows this from now on, written at once by <see cref="IDevice.RunAsync"/>. Latest wins; never blocks.</summary>
    void Show(int panel, CounterFace face);
}
