using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Views;

/// <summary>What the clerk at one counter sees.</summary>
/// <param name="Next">Who <c>next</c> would call, or null.</param>
/// <param name="Waiting">People whom this counter may call.</param>
/// <param name="Aside">Held and no-show tickets of this counter, latest first, at most ten.</param>
/// <param name="Served">Tickets finished here today.</param>
public sealed record CounterScreen(
    CounterId Id,
    CounterKind Kind,
    CounterPhase Phase,
    DayPhase Day,
    Ticket? Ticket,
    Ticket? Next,
    int Waiting,
    ImmutableArray<Ticket> Aside,
    int Served,
    ImmutableArray<ServiceProfile> Offers)
{
    public const int AsideShown = 10;

    public static CounterScreen? Of(HallState hall, HallProfile profile, CounterId id)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return null;

        var here = hall.Tickets.Values.Where(ticket => ticket.Counter == id).ToList();
        return new(
            id,
            counter.Kind,
            counter.Phase,
            hall.Phase,
            hall.At(counter),
            Router.Next(hall, counter) is { } next ? hall.Tickets[next] : null,
            counter.Line.Count + counter.Offers.Sum(service => hall.Services[service].Line.Count),
            [.. here.Where(t => t.Phase is TicketPhase.Held or TicketPhase.NoShow).OrderByDescending(t => t.CalledAt).Take(AsideShown)],
            here.Count(t => t.Phase == TicketPhase.Finished),
            [.. counter.Offers.Select(offer => profile.Service(offer)).OfType<ServiceProfile>()]);
    }
}
