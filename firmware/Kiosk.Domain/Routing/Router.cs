using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Routing;

/// <param name="Why">For the journal and for whoever asks.</param>
public readonly record struct Choice(TicketId Ticket, CallReason Why);

/// <summary>
/// Which ticket a counter gets next, and why. Compared are the first of each class in each line that the counter may call from; a score is the time
/// that somebody stands in line, at the rate of their class, less a little for each step down in the counter's order of preference.
/// </summary>
/// <remarks>
/// Accumulating priority: Kleinrock 1964; Stanford, Taylor and Ziedins, "Waiting time distributions in the accumulating priority queue", 2014.
/// The bound is exact, whatever the policy: nobody is called before somebody who stands in line longer by <see cref="RoutingProfile.MayAdd"/> or more.
/// Only a VIP or priority counter's own customers go before others without it.
/// </remarks>
public static class Router
{
    private static readonly PriorityClass[] PriorityCounter = [PriorityClass.Urgent, PriorityClass.Pregnant, PriorityClass.Disabled, PriorityClass.Senior];

    /// <summary>Null when nobody waits for the counter. O(offers · classes · log n).</summary>
    public static Choice? Next(HallState hall, Counter counter, DateTimeOffset at)
    {
        var heads = Heads(hall, counter, at);
        if (heads.Count == 0) return null;

        var own = heads.Where(head => head.Own).ToList();
        var pool = own.Count > 0 ? own : heads;
        var oldest = pool.MinBy(head => head.Place);
        var best = Best(hall, pool);
        var chosen = Best(hall, [.. pool.Where(head => head.Place.Since < oldest.Place.Since + hall.Site.Routing.MayAdd || head.Place == oldest.Place)]);
        return new(chosen.Place.Ticket, Reason(hall, counter, heads, chosen, Rule(Waiting(hall, counter), heads, pool, oldest, best, chosen)));
    }

    /// <summary>The reason of a call in which the clerk chose the ticket.</summary>
    internal static CallReason Chosen(HallState hall, Counter counter, Ticket ticket, DateTimeOffset at)
    {
        var heads = Heads(hall, counter, at);
        var index = Math.Max(0, counter.Offers.IndexOf(ticket.Service));
        var chosen = Scored(hall, counter, new(ticket.StandsSince, ticket.Order, ticket.Id), ticket.Class, index, ticket.OnlyAt is not null, at);
        return Reason(hall, counter, heads, chosen, CallRule.Chosen);
    }

    private readonly record struct Head(Place Place, PriorityClass? Class, TimeSpan Waited, long Score, bool SentHere, bool Own);

    private static List<Head> Heads(HallState hall, Counter counter, DateTimeOffset at)
    {
        var heads = new List<Head>();
        foreach (var (priority, place) in counter.Line.Heads) heads.Add(Scored(hall, counter, place, priority, 0, true, at));
        for (var index = 0; index < counter.Offers.Length; index++)
        {
            foreach (var (priority, place) in hall.Services[counter.Offers[index]].Line.Heads) heads.Add(Scored(hall, counter, place, priority, index, false, at));
        }

        return heads;
    }

    private static Head Scored(HallState hall, Counter counter, Place place, PriorityClass? priority, int index, bool sentHere, DateTimeOffset at)
    {
        var routing = hall.Site.Routing;
        var waited = at - place.Since;
        var rate = routing.Policy == RoutingPolicy.Accumulating && priority is { } given ? routing.RatePercent.GetValueOrDefault(given, 100) : 100;
        var preference = routing.Policy == RoutingPolicy.FirstCome ? 0 : index * (long)routing.Preference.TotalMilliseconds;
        return new(place, priority, waited, (long)waited.TotalMilliseconds * rate / 100 - preference, sentHere, IsOwn(counter, hall.Tickets[place.Ticket]));
    }

    private static bool IsOwn(Counter counter, Ticket ticket) => counter.Kind != CounterKind.Normal
        && (counter.Own.Contains(ticket.Service)
            || ticket.Class is { } priority && (counter.Kind == CounterKind.Vip ? priority == PriorityClass.Vip : PriorityCounter.Contains(priority)));

    private static Head Best(HallState hall, List<Head> heads)
    {
        var best = heads[0];
        foreach (var head in heads.Skip(1))
        {
            if (Goes(hall.Site.Routing.Policy, head, best)) best = head;
        }

        return best;
    }

    private static bool Goes(RoutingPolicy policy, Head one, Head before)
    {
        if (policy == RoutingPolicy.FirstCome) return one.Place.CompareTo(before.Place) < 0;
        if (policy == RoutingPolicy.Strict && Rank(one) != Rank(before)) return Rank(one) < Rank(before);
        return one.Score != before.Score ? one.Score > before.Score : one.Place.CompareTo(before.Place) < 0;
    }

    private static int Rank(Head head) => head.Class is { } priority ? (int)priority : int.MaxValue;

    private static CallRule Rule(int waiting, List<Head> heads, List<Head> pool, Head oldest, Head best, Head chosen)
    {
        if (heads.Count == 1) return chosen.SentHere ? CallRule.SentHere : waiting == 1 ? CallRule.OnlyOne : CallRule.LongestWait;
        if (pool.Count < heads.Count) return CallRule.OwnCustomers;
        if (chosen.Place != best.Place) return CallRule.Bound;
        if (chosen.Place == oldest.Place) return chosen.SentHere ? CallRule.SentHere : CallRule.LongestWait;
        return CallRule.Priority;
    }

    private static CallReason Reason(HallState hall, Counter counter, List<Head> heads, Head chosen, CallRule rule)
    {
        var others = heads.Where(head => head.Place != chosen.Place).OrderByDescending(head => head.Score).ThenBy(head => head.Place);
        return new(
            hall.Site.Routing.Policy,
            rule,
            Waiting(hall, counter),
            [.. others.Prepend(chosen).Take(CallReason.Kept).Select(head => new Candidate(
                hall.Tickets[head.Place.Ticket].Number, head.Class, Math.Max(0, (int)head.Waited.TotalSeconds), (int)(head.Score / 6000)))]);
    }

    private static int Waiting(HallState hall, Counter counter) => counter.Line.Count + counter.Offers.Sum(service => hall.Services[service].Line.Count);
}
