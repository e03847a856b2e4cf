namespace Kiosk.Provisioning.Store;

/// <summary>What a copy has seen since it was started.</summary>
/// <param name="Taken">Events that were new.</param>
/// <param name="Repeats">Dropped: the copy has them.</param>
/// <param name="Gaps">How often an event was missing in between.</param>
/// <param name="Beyond">Dropped behind a gap; they come again.</param>
/// <param name="Contradictions">Came again with another content.</param>
/// <param name="Unreadable">Texts on <c>evt</c> and <c>status</c> that are none of this contract.</param>
/// <param name="Stale">Of an epoch that the copy has left behind.</param>
/// <param name="Rebirths">How often the hall was asked to say events again.</param>
internal sealed record CopyFigures(
    long Taken = 0, long Repeats = 0, long Gaps = 0, long Beyond = 0, long Contradictions = 0, long Unreadable = 0, long Stale = 0, long Rebirths = 0);
