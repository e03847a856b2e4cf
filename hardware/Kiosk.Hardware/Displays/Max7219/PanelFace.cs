namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>What one panel shows at a moment. Pure.</summary>
/// <param name="ShownAt">Time stamp of <see cref="TimeProvider"/> at which it was asked for: flashing counts from there.</param>
internal readonly record struct PanelFace(CounterFace Face, long ShownAt)
{
    private const string StaleSign = "--", PausedSign = "--------";

    /// <summary>Two flashes a second: well below what can harm people with photosensitive epilepsy.</summary>
    public static readonly TimeSpan HalfFlash = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan FlashFor = TimeSpan.FromSeconds(3);

    private bool Flashes => Face is { Flash: true, Stale: false, Paused: false, Text.Length: > 0 };

    /// <summary>Segments, leftmost first. A fresh call is lit at once, and then blinks.</summary>
    public byte[] Segments(TimeSpan age) => SevenSegments.RightAligned(Text(age), Max7219Protocol.Digits);

    /// <returns>How long until it changes by itself; null when it will not.</returns>
    public TimeSpan? UntilChange(TimeSpan age) => Flashes && age < FlashFor ? HalfFlash - TimeSpan.FromTicks(age.Ticks % HalfFlash.Ticks) : null;

    private string Text(TimeSpan age)
    {
        if (Face.Stale) return StaleSign;
        if (Face.Paused) return PausedSign;
        var dark = Flashes && age < FlashFor && age.Ticks / HalfFlash.Ticks % 2 == 1;
        return dark ? "" : Face.Text;
    }
}
