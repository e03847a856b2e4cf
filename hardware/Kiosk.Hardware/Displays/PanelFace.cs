namespace Kiosk.Hardware.Displays;

/// <summary>What one panel was asked to show, and when. Pure.</summary>
/// <param name="ShownAt">Time stamp of <see cref="TimeProvider"/> at which it was asked for: flashing counts from there.</param>
internal readonly record struct PanelFace(CounterFace Face, long ShownAt)
{
    /// <summary>Two flashes a second: well below what can harm people with photosensitive epilepsy.</summary>
    public static readonly TimeSpan HalfFlash = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan FlashFor = TimeSpan.FromSeconds(3);

    private bool Flashes => Face is { Flash: true, Stale: false, Paused: false, Text.Length: > 0 };

    /// <summary>A fresh call is lit at once, and then blinks.</summary>
    /// <param name="byItself">The panel blinks by itself when it is told to.</param>
    public PanelSight Sight(TimeSpan age, bool byItself)
    {
        if (Face.Stale) return new(PanelSign.Stale);
        if (Face.Paused) return new(PanelSign.Paused);
        if (Face.Text.Length == 0) return PanelSight.Dark;

        var flashing = Flashes && age < FlashFor;
        if (byItself) return new(PanelSign.Number, Face.Text, flashing);
        return flashing && age.Ticks / HalfFlash.Ticks % 2 == 1 ? PanelSight.Dark : new(PanelSign.Number, Face.Text);
    }

    /// <returns>How long until it changes without being asked; null when it will not.</returns>
    public TimeSpan? UntilChange(TimeSpan age, bool byItself) => (Flashes && age < FlashFor, byItself) switch
    {
        (false, _) => null,
        (true, true) => FlashFor - age,
        (true, false) => HalfFlash - TimeSpan.FromTicks(age.Ticks % HalfFlash.Ticks),
    };
}
