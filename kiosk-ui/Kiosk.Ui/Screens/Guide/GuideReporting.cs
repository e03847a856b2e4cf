namespace Kiosk.Ui.Screens.Guide;

/// <summary>What keeps the store from hearing the hall.</summary>
/// <param name="Sentence">Which case it is, since when, and who must do what; in the screen's language.</param>
/// <param name="Detail">What was seen, in English, for the technician.</param>
public sealed record GuideReporting(string Sentence, string Detail);
