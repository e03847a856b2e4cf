using Kiosk.Domain.Staff;

namespace Kiosk.Ui.Screens.Manager;

/// <summary>Something that needs the duty manager.</summary>
/// <param name="Bad">At once; else soon.</param>
/// <param name="Path">The page where it is seen to, for those who have the right; null: none.</param>
public sealed record TodayAlert(bool Bad, string Text, string? Path = null, Right Needs = Right.SeeHall);

/// <param name="By">Null: by the clock, or nobody was signed in.</param>
public sealed record TodayOpened(DateTimeOffset At, string? By);
