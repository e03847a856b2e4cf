using System.Globalization;

namespace Kiosk.Domain.Reports;

/// <summary>A day, a week (ISO 8601: Monday to Sunday) or a month.</summary>
/// <param name="Kind"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Name"><c>2026-01-05</c>, <c>2026-W02</c>, <c>2026-01</c>.</param>
/// <param name="Until">Last day, included.</param>
public sealed record Period(string Kind, string Name, DateOnly From, DateOnly Until)
{
    public const string DayKind = "day", WeekKind = "week", MonthKind = "month";

    public static IReadOnlyList<string> Kinds { get; } = [DayKind, WeekKind, MonthKind];

    public Period Next => Containing(Kind, Until.AddDays(1))!;

    public Period Previous => Containing(Kind, From.AddDays(-1))!;

    public static Period Day(DateOnly day) => new(DayKind, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day, day);

    /// <returns>Null where there is no such kind.</returns>
    public static Period? Containing(string kind, DateOnly day) => kind switch
    {
        DayKind => Day(day),
        WeekKind => Week(ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue)), ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue))),
        MonthKind => Month(day.Year, day.Month),
        _ => null,
    };

    /// <returns>Null where the name is none of that kind.</returns>
    public static Period? Parse(string kind, string name) => kind switch
    {
        DayKind => DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && Sane(day.Year) ? Day(day) : null,
        WeekKind => name is [_, _, _, _, '-', 'W' or 'w', _, _] && Number(name[..4]) is { } year && Sane(year)
            && Number(name[6..]) is { } week && week >= 1 && week <= ISOWeek.GetWeeksInYear(year) ? Week(year, week) : null,
        MonthKind => DateOnly.TryParseExact(name + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && Sane(first.Year) ? Month(first.Year, first.Month) : null,
        _ => null,
    };

    // Neighbours are computed: the first and last years of the calendar have none.
    private static bool Sane(int year) => year is > 1970 and < 9998;

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Period Week(int year, int week)
    {
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return new(WeekKind, string.Create(CultureInfo.InvariantCulture, $"{year:0000}-W{week:00}"), monday, monday.AddDays(6));
    }

    private static Period Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return new(MonthKind, first.ToString("yyyy-MM", CultureInfo.InvariantCulture), first, first.AddMonths(1).AddDays(-1));
    }
}
