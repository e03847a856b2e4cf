namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>Which byte of the chip's memory feeds which place.</summary>
/// <param name="Name">As in the option <c>layout</c>.</param>
/// <param name="Places">Leftmost place first.</param>
internal sealed record Ht16k33Layout(string Name, IReadOnlyList<int> Places)
{
    public static IReadOnlyList<Ht16k33Layout> All { get; } =
    [
        // Common 2 is the colon between the digits: it stays dark.
        new("backpack-4", [0, 2, 6, 8]),
        new("digits-4", [0, 2, 4, 6]),
        new("digits-8", [0, 2, 4, 6, 8, 10, 12, 14]),

        // Four commons with a digit on rows 0 to 7 and one on rows 8 to 15.
        new("pairs-8", [0, 2, 4, 6, 1, 3, 5, 7]),
    ];
}
