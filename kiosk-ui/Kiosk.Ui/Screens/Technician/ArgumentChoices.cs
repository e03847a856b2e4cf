namespace Kiosk.Ui.Screens.Technician;

/// <summary>What an emulator's argument allows, read from its one line of text.</summary>
/// <param name="Values">The values to choose from; empty where something is to be typed.</param>
/// <param name="Optional">It stands in for another argument, or goes with one: it may be left out.</param>
public sealed record ArgumentChoices(IReadOnlyList<string> Values, bool Optional)
{
    /// <summary><c>ok | near-end | out</c> → three values; <c>instead of line: 1 | 2; …</c> → two, optional; <c>1 to 600</c> → none.</summary>
    public static ArgumentChoices Of(string allows)
    {
        var remarkEnd = allows.IndexOf(": ", StringComparison.Ordinal);
        var values = allows[(remarkEnd < 0 ? 0 : remarkEnd + 2)..].Split(';')[0];
        return new(
            values.Contains('|', StringComparison.Ordinal) ? values.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            remarkEnd >= 0);
    }
}
