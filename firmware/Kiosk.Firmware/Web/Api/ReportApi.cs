using System.Globalization;
using System.Text;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Reports of days, weeks and months, as JSON or as tables for spreadsheets.</summary>
internal static class ReportApi
{
    private const int DaysNamed = 31;

    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports").Needs(Right.SeeReports);
        Describe<DayReport>(reports.MapGet("/today", (HttpContext http, ReportShelf shelf, HallProfile profile, string? format, string? table) =>
            shelf.Latest() is { } day ? Answer(http, profile, Period.Day(day.Day), day, null, format, table) : None(shelf, "today")), "The latest business day, as it stands");
        Describe<DayReport>(reports.MapGet("/day/{name}", (HttpContext http, ReportShelf shelf, HallProfile profile, string name, string? format, string? table) =>
            Find(http, shelf, profile, Period.DayKind, name, format, table)), "A business day: yyyy-MM-dd");
        Describe<PeriodReport>(reports.MapGet("/week/{name}", (HttpContext http, ReportShelf shelf, HallProfile profile, string name, string? format, string? table) =>
            Find(http, shelf, profile, Period.WeekKind, name, format, table)), "A week, Monday to Sunday (ISO 8601): yyyy-Www");
        Describe<PeriodReport>(reports.MapGet("/month/{name}", (HttpContext http, ReportShelf shelf, HallProfile profile, string name, string? format, string? table) =>
            Find(http, shelf, profile, Period.MonthKind, name, format, table)), "A month: yyyy-MM");
    }

    private static void Describe<T>(RouteHandlerBuilder route, string summary) => route
        .WithSummary($"{summary}. ?format=csv&table={string.Join('|', ReportCsv.Tables)} for a spreadsheet")
        .Produces<T>(StatusCodes.Status200OK, "application/json", "text/csv").Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json").Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json");

    /// <exception cref="BadInputException">The name is none of that kind.</exception>
    public static Period Named(string kind, string name) => Period.Parse(kind, name) ?? throw new BadInputException(kind, kind switch
    {
        Period.WeekKind => $"\"{Short(name)}\" is no week: write 2026-W02 (ISO 8601).",
        Period.MonthKind => $"\"{Short(name)}\" is no month: write 2026-01.",
        _ => $"\"{Short(name)}\" is no date: write 2026-01-05.",
    });

    private static IResult Find(HttpContext http, ReportShelf shelf, HallProfile profile, string kind, string name, string? format, string? table)
    {
        var period = Named(kind, name);
        var day = kind == Period.DayKind ? shelf.Day(period.From) : null;
        var over = kind == Period.DayKind ? null : shelf.Over(period);
        return day is null && over is null ? None(shelf, period.Name) : Answer(http, profile, period, day, over, format, table);
    }

    private static IResult Answer(HttpContext http, HallProfile profile, Period period, DayReport? day, PeriodReport? over, string? format, string? table)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (format is not (null or "json" or "csv")) throw new BadInputException("format", $"There is no format \"{Short(format)}\".", ["json", "csv"]);
        if (format == "csv") return Csv(http, profile, period, day?.Figures ?? over!.Figures, over?.Days ?? [DayRow.Of(day!)], table ?? "services");
        return day is not null ? Results.Json(day, ReportJson.Wire.DayReport) : Results.Json(over!, ReportJson.Wire.PeriodReport);
    }

    private static IResult Csv(HttpContext http, HallProfile profile, Period period, Figures all, IReadOnlyList<DayRow> days, string table)
    {
        if (!ReportCsv.Tables.Contains(table)) throw new BadInputException("table", $"There is no table \"{Short(table)}\".", ReportCsv.Tables);

        var language = http.Request.Query["lang"].ToString() is { Length: > 0 } asked && profile.Languages.Contains(asked) ? asked : profile.DefaultLanguage;
        var text = ReportCsv.Write(table, all, days, id => profile.Service(new(id))?.Name.In(language) ?? id);

        // The byte order mark tells spreadsheets that it is UTF-8; without it they show Hanzi as rubbish.
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/csv; charset=utf-8", $"{profile.Id}-{period.Name}-{table}.csv");
    }

    private static IResult None(ReportShelf shelf, string name)
    {
        var days = shelf.Days();
        var known = days.Count == 0
            ? "no day has one yet"
            : $"there are {days.Count}, the latest: {string.Join(", ", days.TakeLast(DaysNamed).Select(day => day.ToString("O", CultureInfo.InvariantCulture)))}";
        return Problem.NotFound("no-report", $"There is no report of {name}; {known}.");
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
