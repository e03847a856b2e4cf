using System.Globalization;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Forecasts;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Forecast;
using Kiosk.Ui.Screens.Reports;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>What a day is expected to bring, and how many counters that asks for. Stands still, as reports do.</summary>
internal sealed class ForecastPages(HallFeed feed, ForecastDesk desk, ScreenReply reply, TimeProvider time)
{
    private const int ScoresShown = 62;

    private HallProfile Profile => feed.Profile;

    public Task<IResult> TodayAsync(HttpContext http) => ShowAsync(http, desk.Today);

    public Task<IResult> ShowAsync(HttpContext http, string day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? ShowAsync(http, date)
        : Task.FromResult<IResult>(new SeeOther("/manager/forecast"));

    private async Task<IResult> ShowAsync(HttpContext http, DateOnly day)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        var view = await Task.Run(() => View(day, http.Request.Query["service"].ToString(), http.Staff()), http.RequestAborted);
        if (view is null) return new SeeOther("/manager/forecast");

        var content = new ScreenContent(
            $"{ReportDate.Of(t, day)} · {t["forecast.title"]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(ForecastScreen), new Dictionary<string, object?> { ["T"] = t, ["View"] = view });
        return await reply.PageAsync(content, StatusCodes.Status200OK);
    }

    private ForecastView? View(DateOnly day, string service, Signed? signed)
    {
        if (desk.Sheet(day) is not { } sheet) return null;

        return new(
            Profile,
            sheet,
            sheet.Line(service) is null ? null : service,
            desk.Today,
            desk.Days(),
            desk.Scores(ScoresShown),
            TimeZoneInfo.ConvertTime(time.GetUtcNow(), Profile.TimeZone),
            signed?.View);
    }
}
