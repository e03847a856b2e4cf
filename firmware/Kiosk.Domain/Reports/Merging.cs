namespace Kiosk.Domain.Reports;

/// <summary>Several days' figures put together.</summary>
internal static class Merging
{
    public static Figures Sum(IReadOnlyList<Figures> all) => new(
        Flow.Sum(all.Select(one => one.Flow)),
        Times.Merge(all.Select(one => one.Wait)),
        Times.Merge(all.Select(one => one.Service)),
        Satisfaction.Sum(all.Select(one => one.Satisfaction)),
        [.. all.SelectMany(one => one.Services).GroupBy(service => service.Id).Select(Services)],
        [.. all.SelectMany(one => one.HalfHours).GroupBy(half => half.Minute).OrderBy(group => group.Key).Select(HalfHours)],
        [.. all.SelectMany(one => one.Counters).GroupBy(counter => counter.Counter).OrderBy(group => group.Key).Select(Counters)],
        [.. all.SelectMany(one => one.Clerks).GroupBy(clerk => clerk.Clerk).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Clerks)],
        [.. all.SelectMany(one => one.Classes).GroupBy(row => (int?)row.Class ?? -1).OrderBy(group => group.Key)
            .Select(group => new ClassFigures(group.First().Class, group.Sum(row => row.Issued), Times.Merge(group.Select(row => row.Wait))))],
        [.. all.SelectMany(one => one.Rules).GroupBy(row => (int?)row.Rule ?? -1).OrderBy(group => group.Key)
            .Select(group => new RuleFigures(group.First().Rule, group.Sum(row => row.Calls)))],
        [.. all.SelectMany(one => one.Devices).GroupBy(device => (device.By, device.Id)).OrderBy(group => group.Key.By, StringComparer.Ordinal).ThenBy(group => group.Key.Id, StringComparer.Ordinal)
            .Select(group => new DeviceFigures(group.Key.Id, group.Key.By, group.Sum(device => device.Faults), group.Sum(device => device.Down)))],
        PromiseFigures.Sum(all.Select(one => one.Promises)));

    // The target of the last day stands: it is the one in force.
    private static ServiceFigures Services(IGrouping<string, ServiceFigures> days) => new(
        days.Key,
        days.Last().Target,
        Flow.Sum(days.Select(day => day.Flow)),
        Times.Merge(days.Select(day => day.Wait)),
        Times.Merge(days.Select(day => day.Service)),
        Satisfaction.Sum(days.Select(day => day.Satisfaction)),
        PromiseFigures.Sum(days.Select(day => day.Promises)));

    private static HalfHourFigures HalfHours(IGrouping<int, HalfHourFigures> days) => new(
        days.Key,
        null,
        Flow.Sum(days.Select(day => day.Flow)),
        days.Sum(day => day.Called),
        days.Sum(day => day.Finished),
        days.Max(day => day.MostWaiting),
        Times.Merge(days.Select(day => day.Wait)),
        [.. days.SelectMany(day => day.Services).GroupBy(cell => cell.Id).Select(cells => new ServiceFlow(cells.Key, Flow.Sum(cells.Select(cell => cell.Flow))))]);

    private static CounterFigures Counters(IGrouping<int, CounterFigures> days) => new(
        days.Key,
        days.Sum(day => day.Open),
        days.Sum(day => day.Paused),
        days.Sum(day => day.Serving),
        days.Sum(day => day.Calls),
        days.Sum(day => day.Served),
        days.Sum(day => day.NoShow),
        days.Sum(day => day.ServiceTime),
        Satisfaction.Sum(days.Select(day => day.Satisfaction)));

    private static ClerkFigures Clerks(IGrouping<string, ClerkFigures> days) => new(
        days.Key,
        days.Sum(day => day.Available),
        days.Sum(day => day.Serving),
        days.Sum(day => day.Calls),
        days.Sum(day => day.Served),
        days.Sum(day => day.NoShow),
        days.Sum(day => day.ServiceTime),
        Satisfaction.Sum(days.Select(day => day.Satisfaction)));
}
