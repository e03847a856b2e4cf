namespace Kiosk.Ui.Screens.Manager;

/// <summary>A template on the desk, and what it makes of paper.</summary>
/// <param name="Kind"><c>ticket</c>, <c>receipt</c>.</param>
/// <param name="Origin"><c>Program</c>, <c>Profile</c>, <c>Saved</c>: of the template in use.</param>
/// <param name="Text">As it stands in the field: the one in use, or what was sent and is not saved.</param>
/// <param name="Mistakes">In English, as everything that is said about files; line 0 is the template as a whole.</param>
/// <param name="Picture">SVG.</param>
public sealed record SlipView(
    string Kind,
    string Origin,
    bool HasPrevious,
    string Text,
    int LongestText,
    IReadOnlyList<(int Line, string Message)> Mistakes,
    string Picture,
    int Millimetres,
    string Language,
    int Paper,
    bool Copy,
    IReadOnlyList<(string Name, bool MayBeEmpty)> Fields);
