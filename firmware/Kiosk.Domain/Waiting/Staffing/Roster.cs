using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Domain.Waiting.Staffing;

/// <summary>Planned counters, as the profile's roster has them.</summary>
public static class Roster
{
    /// <summary>Counters planned for a pool in each half hour, on average over its open part. Null where the roster says nothing of that pool.</summary>
    /// <param name="pools">All of the hall: with one pool, what is planned for the hall is planned for it.</param>
    public static ImmutableArray<double>? Of(HallProfile site, IReadOnlyList<CounterPool> pools, CounterPool pool, DateOnly day, ImmutableArray<OpenHalf> halves)
    {
        var spans = site.Staffing.Roster.GetValueOrDefault(day.DayOfWeek, []);
        var own = spans.Where(span => span.Service is { } service ? pool.Services.Contains(service) : pools.Count == 1).ToList();
        return own.Count == 0 ? null : [.. halves.Select(half => Planned(own, half))];
    }

    /// <summary>The same of the whole hall: what is planned for all of it, else its pools together.</summary>
    public static ImmutableArray<double>? OfHall(HallProfile site, DateOnly day, ImmutableArray<OpenHalf> halves)
    {
        var spans = site.Staffing.Roster.GetValueOrDefault(day.DayOfWeek, []);
        if (spans.IsEmpty) return null;

        var inAll = spans.Where(span => span.Service is null).ToList();
        return [.. halves.Select(half => inAll.Count > 0 ? Planned(inAll, half) : Planned([.. spans], half))];
    }

    private static double Planned(List<RosterSpan> spans, OpenHalf half) =>
        Math.Round(spans.Sum(span => (double)span.Counters * HalfHours.Overlap(span.Span, half.Minute)) / (half.Share * HalfHours.Minutes), 1);
}
