namespace Kiosk.Ui.Screens.Technician;

/// <summary>Reads what an emulator's argument allows.</summary>
public static class ArgumentChoices
{
    /// <summary><c>ok | near-end | out</c> → its three values; anything else (<c>0..100</c>, <c>seconds</c>) → none.</summary>
    public static IReadOnlyList<string> Of(string allows) =>
        allows.Contains('|', StringComparison.Ordinal)
            ? allows.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
}
