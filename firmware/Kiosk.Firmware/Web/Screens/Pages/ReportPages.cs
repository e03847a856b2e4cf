using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Reports;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>Reports of days, weeks and months, on screen and for paper. A page that stands still: figures that move under the eyes cannot be compared.</summary>
internal sealed class ReportPages(HallFeed feed, ReportShelf shelf, ScreenReply reply, TimeProvider time)
{
    private const int DaysInWeek = 7;

    private HallProfile Profile => feed.Profile;

    /// <summary>The latest business day.</summary>
    public Task<IResult> LatestAsync(HttpContext http) => ShowAsync(http, Period.Day(shelf.Latest()?.Day ?? Today));

    public Task<IResult> ShowAsync(HttpContext http, string kind, string name) =>
        Period.Parse(kind, name) is { } period ? ShowAsync(http, period) : Task.FromResult<IResult>(new SeeOther("/manager/reports"));

    private async Task<IResult> ShowAsync(HttpContext http, Period period)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        var view = await Task.Run(() => View(period, http.Staff()), http.RequestAborted);
        var content = new ScreenContent(
            $"{ReportDate.Of(t, period)} · {t["report.title"]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(ReportScreen), new Dictionary<string, object?> { ["T"] = t, ["View"] = view });
        return await reply.PageAsync(content, view.Figures is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private ReportView View(Period period, Signed? signed)
    {
        var (figures, days) = Figures(period);
        // Half a day against a whole one would look like a loss.
        var running = days.Any(day => day.Running);
        var before = period.Kind == Period.DayKind ? Period.Day(period.From.AddDays(-DaysInWeek)) : period.Previous;
        return new(
            Profile,
            period,
            figures,
            running,
            days,
            figures is not null && !running && Figures(before).Figures is { } earlier ? (before, earlier) : null,
            shelf.Days(),
            TimeZoneInfo.ConvertTime(time.GetUtcNow(), Profile.TimeZone),
            signed?.View);
    }

    private (Figures? Figures, IReadOnlyList<DayRow> Days) Figures(Period period)
    {
        if (period.Kind != Period.DayKind) return shelf.Over(period) is { } over ? (over.Figures, over.Days) : (null, []);
        return shelf.Day(period.From) is { } day ? (day.Figures, [DayRow.Of(day)]) : (null, []);
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Profile.TimeZone).DateTime);
}
