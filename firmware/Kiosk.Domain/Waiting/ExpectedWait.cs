using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting;

/// <summary>
/// A rough wait, for two decisions only: whether to ask a customer first, and whether the last customers can still be served. Never shown.
/// The work that waits for the counters of a service, by today's mean service times, shared among these counters.
/// </summary>
public static class ExpectedWait
{
    /// <summary>Customers that the profile's own figure counts for beside today's.</summary>
    private const int Prior = 5;

    public static TimeSpan For(HallState hall, ServiceId id)
    {
        var counters = hall.Counters.Values.Where(counter => counter.Offers.Contains(id)).ToList();
        var open = counters.Where(counter => counter.Phase == CounterPhase.Open).ToList();
        if (open.Count > 0) counters = open;
        if (counters.Count == 0) return TimeSpan.Zero;

        var work = counters.Sum(counter => counter.Line.Count * Mean(hall, id).TotalSeconds);
        foreach (var service in hall.Services.Values.Where(service => !service.Line.IsEmpty))
        {
            var offering = hall.Counters.Values.Count(counter => counter.Offers.Contains(service.Id) && (open.Count == 0 || counter.Phase == CounterPhase.Open));
            var here = counters.Count(counter => counter.Offers.Contains(service.Id));
            if (here > 0) work += service.Line.Count * Mean(hall, service.Id).TotalSeconds * here / offering;
        }

        return TimeSpan.FromSeconds(work / counters.Count);
    }

    /// <summary>What one customer of the service takes: the profile's figure, moved by today's.</summary>
    public static TimeSpan Mean(HallState hall, ServiceId id)
    {
        var typical = hall.Site.Service(id)?.TypicalService ?? TimeSpan.FromMinutes(5);
        return hall.Services.TryGetValue(id, out var service) ? (typical * Prior + service.ServiceTime) / (Prior + service.Served) : typical;
    }
}
