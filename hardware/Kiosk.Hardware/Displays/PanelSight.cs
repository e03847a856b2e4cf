namespace Kiosk.Hardware.Displays;

internal enum PanelSign
{
    Dark,
    Number,
    Paused,
    Stale,
}

/// <summary>What one panel is to show until it changes.</summary>
/// <param name="Text">The number; empty for the other signs.</param>
/// <param name="Flash">Blinks by itself: only for panels that can.</param>
internal readonly record struct PanelSight(PanelSign Sign, string Text = "", bool Flash = false)
{
    public static PanelSight Dark => new(PanelSign.Dark);

    /// <summary>As a line of so many characters: for panels that have dashes but no signs of their own.</summary>
    public string Line(int places) => Sign switch
    {
        PanelSign.Stale => "--",
        PanelSign.Paused => new string('-', places),
        _ => Text,
    };
}

/// <summary>Everything that the panels of one display show at a moment.</summary>
/// <param name="Sights">In the order of the display's panels.</param>
/// <param name="Brightness">As the driver's option counts it; of no meaning where a driver cannot dim.</param>
internal sealed record PanelPage(IReadOnlyList<PanelSight> Sights, int Brightness, bool LampTest);
