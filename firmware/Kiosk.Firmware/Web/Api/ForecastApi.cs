using System.Globalization;
using System.Text;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Forecasts;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Forecast, what came, and the counters of a day, as JSON or as a table for spreadsheets.</summary>
internal static class ForecastApi
{
    private const string Today = "today", Tomorrow = "tomorrow";

    public static void Map(RouteGroupBuilder api) => api.MapGroup("/forecast").WithTags("Reports").Needs(Right.SeeReports, Right.RunDay)
        .MapGet("/{day}", (HttpContext http, ForecastDesk desk, HallProfile profile, string day, string? format) => Answer(http, desk, profile, day, format))
        .WithSummary("Forecast, actual arrivals and counters of a day: today, tomorrow or yyyy-MM-dd. ?format=csv for a spreadsheet")
        .Produces<OutlookSheet>(StatusCodes.Status200OK, "application/json", "text/csv")
        .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json");

    private static IResult Answer(HttpContext http, ForecastDesk desk, HallProfile profile, string name, string? format)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (format is not (null or "json" or "csv")) throw new BadInputException("format", $"There is no format \"{Short(format)}\".", ["json", "csv"]);
        if (desk.Sheet(Named(desk, name)) is not { } sheet)
        {
            return Problem.NotFound("no-forecast", string.Create(CultureInfo.InvariantCulture, $"There is no forecast of {Short(name)}: the hall had no such day, and it is more than {ForecastDesk.Ahead} days away."));
        }

        return format == "csv" ? Csv(http, profile, sheet) : Results.Json(sheet, ReportJson.Wire.OutlookSheet);
    }

    private static DateOnly Named(ForecastDesk desk, string name) => name switch
    {
        Today => desk.Today,
        Tomorrow => desk.Today.AddDays(1),
        _ => DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new BadInputException("day", $"\"{Short(name)}\" is no date: write today, tomorrow or 2026-01-05."),
    };

    private static IResult Csv(HttpContext http, HallProfile profile, OutlookSheet sheet)
    {
        var language = http.Request.Query["lang"].ToString() is { Length: > 0 } asked && profile.Languages.Contains(asked) ? asked : profile.DefaultLanguage;
        var text = OutlookCsv.Write(sheet, id => profile.Service(new(id))?.Name.In(language) ?? id);
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"{profile.Id}-{sheet.Day:yyyy-MM-dd}-forecast.csv"));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
