using System.Globalization;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Ui;
using Kiosk.Ui.Screens.FurtherStaff;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What needs the duty manager now, worst first.</summary>
internal static class TodayAlerts
{
    public static IReadOnlyList<TodayAlert> Of(Phrases t, HallState hall, HallBooks books, IReadOnlyList<DeviceView> devices, bool journalTight, bool diskLow, DateTimeOffset now) =>
        [.. All(t, hall, books, devices, journalTight, diskLow, now).OrderBy(alert => alert.Bad ? 0 : 1)];

    private static IEnumerable<TodayAlert> All(Phrases t, HallState hall, HallBooks books, IReadOnlyList<DeviceView> devices, bool journalTight, bool diskLow, DateTimeOffset now)
    {
        if (hall.Ledger?.CardDoubt is not null) yield return new(true, t["alert.card-unknown"], "/manager/money/cases", Right.SeeMoney);
        if (hall.Ledger?.Cases.Count is > 0 and var cases) yield return new(true, t.Count("alert.cases", cases), "/manager/money/cases", Right.SeeMoney);
        if (journalTight) yield return new(true, t["alert.disk-full"]);
        else if (diskLow) yield return new(false, t["guide.disk-low"]);
        if (MissingCheck(hall, books.Checks, now) is { } missing) yield return new(missing == Checks.Opening, t["alert.no-check." + missing], "/manager/check", Right.RunDay);

        foreach (var plan in hall.Site.Surge)
        {
            var surge = SurgeView.Of(hall, plan);
            var words = new SurgeWords(t, hall.Site.TimeZone);
            if (surge.OvertimeSince is { } since) yield return new(true, t.Say("surge.overtime", surge.Waiting, words.Clock(since)));
            if (surge.Rungs.Where(rung => rung.Phase == RungPhase.In).ToList() is { Count: > 0 } inside)
                yield return new(false, t.Say("alert.surge", string.Join(t["list.comma"], inside.Select(rung => rung.Group.Name.In(t.Language))), surge.Waiting));
        }

        foreach (var device in devices.Where(device => device.State is DeviceState.OutOfService or DeviceState.Degraded))
        {
            var words = device.Fault is { } fault ? t.Fault(fault) + " " + t.Advice(fault) : t["state." + device.State];
            yield return new(device.State == DeviceState.OutOfService, t.Say("alert.device", device.Id, words), "/manager/equipment", Right.ServiceDevices);
        }

        foreach (var device in devices)
        {
            if (device.Paper is { EndsSoon: true, EndsAt: { } end })
                yield return new(false, t.Say("alert.paper", device.Id, TimeZoneInfo.ConvertTime(end, hall.Site.TimeZone).ToString("HH:mm", CultureInfo.InvariantCulture)), "/devices", Right.ServiceDevices);
        }

        if (books.Suggestions.Overdue(now) is > 0 and var overdue) yield return new(true, t.Count("alert.overdue", overdue), "/manager/books", Right.KeepBooks);
        if (books.Equipment.Open.Count(fault => fault.Id is not null) is > 0 and var faults) yield return new(false, t.Count("alert.faults", faults), "/manager/equipment", Right.ServiceDevices);
        if (books.HandOver.NotTaken is { } handOver) yield return new(false, t.Say("alert.hand-over", handOver.By ?? "–", handOver.To), "/manager/books", Right.KeepBooks);
    }

    /// <summary>The kind of check that is missing today, or null.</summary>
    private static string? MissingCheck(HallState hall, Checks checks, DateTimeOffset now)
    {
        if (hall.Day is not { } day) return null;
        if (hall.Phase != DayPhase.Closed) return checks.On(day, Checks.Opening, hall.Site.TimeZone) is null ? Checks.Opening : null;

        return day == HallHours.Local(hall.Site, now).Date && checks.On(day, Checks.Closing, hall.Site.TimeZone) is null ? Checks.Closing : null;
    }
}
