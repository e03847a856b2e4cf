using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>A closed business day as a forecast learns from it.</summary>
/// <param name="From">Minutes from midnight, by the clock on the wall, at which the day was opened.</param>
/// <param name="Until">The same of its closing.</param>
public sealed record PastDay(DateOnly Day, int From, int Until, ImmutableDictionary<ServiceId, PastService> Services)
{
    /// <summary>Tickets of the day, all services together.</summary>
    public int Total { get; } = Services.Values.Sum(service => service.Total);

    /// <returns>Null while the day is running: half a day teaches nothing.</returns>
    public static PastDay? Of(DayReport report)
    {
        if (report.Closed is not { } closed) return null;

        var midnight = report.Day.ToDateTime(TimeOnly.MinValue);
        return new(
            report.Day,
            (int)(report.Opened.DateTime - midnight).TotalMinutes,
            (int)(closed.DateTime - midnight).TotalMinutes,
            report.Figures.Services.ToImmutableDictionary(
                service => new ServiceId(service.Id),
                service => new PastService(Arrivals(report, service.Id), service.Service.Count, service.Service.Sum)));
    }

    /// <summary>Whether the day was open for most of that half hour: else its count says nothing.</summary>
    public bool Saw(int minute) => Math.Min(Until, minute + HalfHours.Minutes) - Math.Max(From, minute) >= HalfHours.Minutes / 2;

    // A half hour that comes twice when the clocks go back counts as one: the hall is hardly ever open then.
    private static ImmutableSortedDictionary<int, int> Arrivals(DayReport report, string service) => report.Figures.HalfHours
        .SelectMany(half => half.Services.Where(cell => cell.Id == service).Select(cell => (half.Minute, cell.Flow.Issued)))
        .Where(pair => pair.Issued > 0)
        .GroupBy(pair => pair.Minute, pair => pair.Issued)
        .ToImmutableSortedDictionary(group => group.Key, group => group.Sum());
}

/// <param name="Arrivals">Tickets issued, by the minute from midnight at which their half hour begins; half hours without any are left out.</param>
/// <param name="Served">Customers whose service time is known.</param>
/// <param name="ServiceSeconds">Of these together.</param>
public sealed record PastService(ImmutableSortedDictionary<int, int> Arrivals, int Served, long ServiceSeconds)
{
    public int Total { get; } = Arrivals.Values.Sum();

    public int At(int minute) => Arrivals.GetValueOrDefault(minute);
}
