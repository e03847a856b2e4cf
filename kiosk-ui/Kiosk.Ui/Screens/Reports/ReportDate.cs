using System.Globalization;
using Kiosk.Domain.Reports;

namespace Kiosk.Ui.Screens.Reports;

/// <summary>Days, weeks and months in words, and where their reports are.</summary>
public static class ReportDate
{
    public static string Of(Phrases t, DateOnly day) => t.Say("report.date", day.ToString(t["report.date-format"], CultureInfo.InvariantCulture), t["day." + day.DayOfWeek]);

    public static string Of(Phrases t, Period period) => period.Kind switch
    {
        Period.WeekKind => t.Say("report.week-name", period.Name[6..].TrimStart('0'), period.Name[..4], Short(period.From), Short(period.Until)),
        Period.MonthKind => t.Say("report.month-name", period.From.Year, t["report.month." + period.From.Month.ToString(CultureInfo.InvariantCulture)]),
        _ => Of(t, period.From),
    };

    public static string Address(Period period) => $"/manager/reports/{period.Kind}/{period.Name}";

    public static string Csv(Period period, string table, string language) => $"/api/v1/reports/{period.Kind}/{period.Name}?format=csv&table={table}&lang={language}";

    private static string Short(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
