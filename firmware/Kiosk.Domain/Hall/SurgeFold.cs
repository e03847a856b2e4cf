using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Hall;

/// <summary>How facts move the surge plans of the hall.</summary>
internal static class SurgeFold
{
    /// <summary>A plan took a step. One that the profile no longer has changes nothing.</summary>
    public static HallState Take(HallState hall, string id, SurgeStep step) => hall.Site.Surge.FirstOrDefault(plan => plan.Id == id) is { } plan
        ? hall with { Surge = hall.Surge.SetItem(id, SurgeMachine.Apply(plan, hall.SurgeOf(plan), step)) }
        : hall;

    /// <summary>Every plan sees who waits behind the fact.</summary>
    /// <param name="before">The hall in front of it.</param>
    public static HallState Observe(HallState before, HallState hall, DateTimeOffset at)
    {
        if (hall.Site.Surge.IsEmpty || hall.Phase == DayPhase.Closed) return hall;
        if (ReferenceEquals(before.Services, hall.Services) && ReferenceEquals(before.Counters, hall.Counters)) return hall;

        var surge = hall.Surge;
        foreach (var plan in hall.Site.Surge)
        {
            var state = hall.SurgeOf(plan);
            var seen = SurgeMachine.Observe(plan, state, Waiting(hall, plan), at);
            if (!ReferenceEquals(seen, state)) surge = surge.SetItem(plan.Id, seen);
        }

        return ReferenceEquals(surge, hall.Surge) ? hall : hall with { Surge = surge };
    }

    private static int Waiting(HallState hall, SurgePlan plan)
    {
        if (plan.Services.IsEmpty) return hall.Waiting;

        var waiting = 0;
        foreach (var service in plan.Services) waiting += hall.Services.TryGetValue(service, out var line) ? line.Line.Count : 0;
        foreach (var counter in hall.Counters.Values)
        {
            if (!counter.Line.IsEmpty) waiting += counter.Line.Places.Count(place => plan.Services.Contains(hall.Tickets[place.Ticket].Service));
        }

        return waiting;
    }
}
