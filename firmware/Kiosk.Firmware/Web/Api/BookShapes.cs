using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;

namespace Kiosk.Firmware.Web.Api;

/// <param name="State">running, finished, signed.</param>
/// <param name="Passed">Null while it runs.</param>
/// <param name="SignedBy">Null where it is not signed, or nobody was signed in.</param>
public sealed record CheckShape(string Id, string Kind, string State, bool? Passed, IReadOnlyList<CheckItem> Items, DateTimeOffset? SignedAt, string? SignedBy, string? Remark)
{
    internal static CheckShape Of(CheckRun run) => new(run.Id, run.Kind, run.Running ? "running" : run.IsSigned ? "signed" : "finished", run.Running ? null : run.Passed, run.Items, null, null, null);

    internal static CheckShape Of(SignedCheck check, HallProfile site) =>
        new(check.Id, check.Kind, "signed", check.Passed, check.Items, TicketShape.Local(check.At, site), check.By, check.Remark);
}

/// <param name="Current">The last one begun since the host started, or null.</param>
/// <param name="Past">Those that were signed, latest first.</param>
public sealed record ChecksShape(CheckShape? Current, IReadOnlyList<CheckShape> Past);

public sealed record FeedbackShape(int Counter, string Number, string Rating);

/// <param name="Id">Null: a device said so itself, and takes it back itself.</param>
public sealed record FaultShape(string? Id, string Equipment, string What, DateTimeOffset From, string? ReportedBy, DateTimeOffset? Until, string? MendedBy, string? Mended)
{
    internal static FaultShape Of(EquipmentFault fault, HallProfile site) => new(
        fault.Id, fault.Equipment, fault.What, TicketShape.Local(fault.From, site), fault.By, fault.Until is { } until ? TicketShape.Local(until, site) : null, fault.MendedBy, fault.Mended);
}

/// <param name="State">Of a device of the board: unknown, ok, degraded, out-of-service; null for other equipment.</param>
public sealed record EquipmentShape(
    string Equipment, string? Driver, string? State, IReadOnlyList<FaultShape> Open, int FaultsToday, int DowntimeTodaySeconds, int FaultsIn30Days, int DowntimeIn30DaysSeconds)
{
    internal static EquipmentShape Of(EquipmentLine line, HallProfile site) => new(
        line.Name,
        line.Device?.Driver,
        line.Device is { } device ? TicketShape.Kebab(device.State) : null,
        [.. line.Open.Select(fault => FaultShape.Of(fault, site))],
        line.FaultsToday,
        (int)line.DownToday.TotalSeconds,
        line.FaultsInMonth,
        (int)line.DownInMonth.TotalSeconds);
}

/// <param name="Id">Six digits: what the customer types at the ticket machine.</param>
/// <param name="State">booked, checked-in, cancelled.</param>
/// <param name="Number">Of the ticket it was checked in with today, or null.</param>
public sealed record AppointmentShape(string Id, string Service, DateTimeOffset Slot, string Language, string State, string? Number);
