using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting.Staffing;

/// <summary>What a service asks of the counters.</summary>
/// <param name="Takes">How long one customer takes a counter: service and the walk to it.</param>
/// <param name="Target">Waiting time that the hall promises.</param>
public sealed record ServiceNeed(ServiceId Service, TimeSpan Takes, TimeSpan Target);

/// <param name="Counters">Open counters that are advised.</param>
/// <param name="Enough">False: all counters of the pool together do not keep the target in this half hour.</param>
/// <param name="Within">Part of the customers who wait no longer than their target with these counters.</param>
public readonly record struct AdvisedHalf(int Counters, bool Enough, double Within);

/// <summary>Counters for each half hour of a day, by Erlang C: as few as keep the target, no more than there are.</summary>
public static class StaffingAdvice
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <param name="most">Counters that the pool has.</param>
    /// <param name="least">Counters that are always open.</param>
    /// <param name="share">Part of the customers who are to be called within their service's target.</param>
    /// <param name="arrivals">Of each half hour, in the order of <paramref name="needs"/>, with the part of it in which the hall is open.</param>
    public static ImmutableArray<AdvisedHalf> Of(IReadOnlyList<ServiceNeed> needs, int most, int least, double share, IReadOnlyList<(IReadOnlyList<double> Arrivals, double Open)> arrivals)
    {
        var advice = ImmutableArray.CreateBuilder<AdvisedHalf>(arrivals.Count);
        double left = 0;
        foreach (var (coming, open) in arrivals)
        {
            var people = coming.Sum();
            var takes = people > 0 ? TimeSpan.FromSeconds(coming.Select((count, index) => count * needs[index].Takes.TotalSeconds).Sum() / people) : TimeSpan.Zero;

            // Whom all counters together could not serve comes on top of the next half hour.
            var work = (people * takes.TotalSeconds) + left;
            var load = work / (HalfHour.TotalSeconds * open);
            double Within(int counters) => people > 0 ? coming.Select((count, index) => count * ErlangC.Within(counters, load, takes, needs[index].Target)).Sum() / people : counters > load ? 1 : 0;

            var counters = Math.Min(least, most);
            while (counters < most && Within(counters) < share) counters++;
            var within = Within(counters);
            advice.Add(new(counters, within >= share, Math.Round(within, 4)));
            left = Math.Max(0, work - (counters * HalfHour.TotalSeconds * open));
        }

        return advice.ToImmutable();
    }
}
