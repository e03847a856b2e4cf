using Kiosk.Domain.Staff;

namespace Kiosk.Ui.Screens.Staff;

/// <summary>An account as the users' page shows it; times are in the hall's own zone.</summary>
/// <param name="LockedUntil">Time of day, or null: not locked.</param>
public sealed record UserRow(string Name, StaffRole Role, string? LockedUntil, bool SignedIn, string? LastSignIn);

/// <summary>An enrolled screen.</summary>
public sealed record ScreenRow(string Id, string Name, string Since);

/// <summary>A line of the audit.</summary>
/// <param name="Type">Of the event: <c>staff-signed-in</c>.</param>
/// <param name="Detail">Members of the event, as <c>why: wrong</c>.</param>
public sealed record AuditRow(long Seq, string At, string Type, string Who, string Source, string Detail);
