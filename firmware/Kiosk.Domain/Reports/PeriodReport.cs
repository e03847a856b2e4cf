namespace Kiosk.Domain.Reports;

/// <summary>A week or a month: its days put together.</summary>
/// <param name="Kind"><c>week</c> or <c>month</c>.</param>
/// <param name="Name"><c>2026-W02</c>, <c>2026-01</c>.</param>
/// <param name="Until">Last day, included.</param>
/// <param name="Figures">Medians and 90th percentiles are exact to a quarter of a minute; all else is exact. Half hours are put together by the clock on the wall.</param>
/// <param name="Days">Those that have a report, in order.</param>
public sealed record PeriodReport(int V, string Kind, string Name, DateOnly From, DateOnly Until, Figures Figures, IReadOnlyList<DayRow> Days)
{
    public static PeriodReport Of(Period period, IReadOnlyList<DayReport> days) => new(
        DayReport.Version,
        period.Kind,
        period.Name,
        period.From,
        period.Until,
        Merging.Sum([.. days.Select(day => day.Figures)]),
        [.. days.Select(DayRow.Of)]);
}

/// <summary>A day as a line of a week or month. Times in seconds.</summary>
/// <param name="Running">The day is not closed.</param>
/// <param name="Available">Counters together: open and not paused.</param>
/// <param name="Down">Devices together.</param>
/// <param name="Promises">Null: nobody was told anything about the wait.</param>
public sealed record DayRow(DateOnly Day, bool Running, Flow Flow, Times Wait, Times Service, Satisfaction Satisfaction, long Serving, long Available, long Down, PromiseFigures? Promises = null)
{
    public double? Utilisation => Share.Of(Serving, Available);

    public static DayRow Of(DayReport report)
    {
        var all = report.Figures;
        return new(
            report.Day,
            report.Closed is null,
            all.Flow,
            all.Wait with { Buckets = [] },
            all.Service with { Buckets = [] },
            all.Satisfaction,
            all.Counters.Sum(counter => counter.Serving),
            all.Counters.Sum(counter => counter.Open - counter.Paused),
            all.Devices.Sum(device => device.Down),
            all.Promises);
    }
}
