using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Promises;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/waits</c>: what customers were told of their wait, and how it was kept. A page that stands still, as the reports.</summary>
internal sealed class WaitPages(HallFeed feed, ReportShelf shelf, ScreenReply reply)
{
    /// <summary>The latest days with a report that are looked through: a month.</summary>
    private const int DaysShown = 31;

    private HallProfile Profile => feed.Profile;

    public async Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        var service = Profile.Services.FirstOrDefault(known => known.Id.Value == http.Request.Query["service"])?.Id;
        var day = DateOnly.TryParseExact(http.Request.Query["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : (DateOnly?)null;
        var view = await Task.Run(() => View(service, day, http.Staff()), http.RequestAborted);
        return await reply.PageAsync(new ScreenContent(
            $"{t["waits.title"]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(PromisesScreen), new Dictionary<string, object?> { ["T"] = t, ["View"] = view }));
    }

    private PromisesView View(ServiceId? service, DateOnly? asked, Signed? signed)
    {
        var days = shelf.Days().TakeLast(DaysShown).Select(shelf.Day).OfType<DayReport>().Select(report => Told(report, service)).OfType<PromiseDay>().ToList();
        var chosen = days.FirstOrDefault(day => day.Day == asked) ?? days.LastOrDefault();
        var outcomes = chosen is null ? null : shelf.Promises(chosen.Day)?.Where(one => service is null || one.Service == service.Value.Value).ToList();
        var waits = feed.Latest.State.Waits;
        var missing = Profile.Services.Select(known => (known.Id.Value, waits.Missing(known.Id))).Where(known => known.Item2 > 0).ToList();
        return new(Profile, service, days, chosen, outcomes, missing, signed?.View);
    }

    private static PromiseDay? Told(DayReport report, ServiceId? service)
    {
        var services = report.Figures.Services.Where(row => row.Promises is not null).Select(row => (row.Id, row.Promises!)).ToList();
        var told = service is { } id ? services.FirstOrDefault(row => row.Id == id.Value).Item2 : report.Figures.Promises;
        return services.Count == 0 ? null : new(report.Day, report.Closed is null, told ?? PromiseFigures.None, services);
    }
}
