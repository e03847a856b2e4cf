using System.Collections.Immutable;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Hall;

/// <summary>How facts about tickets and counters change the hall.</summary>
internal static class HallFold
{
    public static HallState NewDay(HallState hall, DateOnly day) => EndOfDay(hall) with { Phase = DayPhase.Open, Day = day };

    /// <summary>A closed day leaves nothing behind but its date: numbers begin at 1, counters are closed.</summary>
    public static HallState EndOfDay(HallState hall) => hall with
    {
        Phase = DayPhase.Closed,
        Services = hall.Services.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Issued = 0, Line = [] }),
        Counters = hall.Counters.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => pair.Value with { Phase = CounterPhase.Closed, Ticket = null, Line = [] }),
        Tickets = ImmutableDictionary<TicketId, Ticket>.Empty,
        Live = 0,
        Slips = ImmutableDictionary<SlipId, OpenSlip>.Empty,
        Calls = [],
    };

    public static HallState Issue(HallState hall, TicketIssued issued, DateTimeOffset at)
    {
        var ticket = new Ticket(issued.Ticket, issued.Number, issued.Service, issued.Language, at, hall.NextOrder) { Ahead = issued.Ahead };
        return (hall with
        {
            Services = hall.Services.SetItem(issued.Service, hall.ServiceOrRetired(issued.Service, issued.Number.Letter) with { Issued = issued.Number.Serial }),
            Tickets = hall.Tickets.Add(ticket.Id, ticket),
            Live = hall.Live + 1,
            NextOrder = hall.NextOrder + 1,
        }).Join(ticket);
    }

    public static HallState Call(HallState hall, TicketCalled called, DateTimeOffset at)
    {
        var ticket = hall.Tickets[called.Ticket];
        return hall.OutOfLine(ticket)
            .Change(called.Counter, counter => counter with { Ticket = called.Ticket })
            .Change(called.Ticket, waiting => waiting with
            {
                Phase = TicketPhase.Called,
                Counter = called.Counter,
                FirstCalledAt = waiting.FirstCalledAt ?? at,
                CalledAt = at,
                Calls = 1,
            })
            .Announce(new(called.Number, called.Counter, at, 1));
    }

    public static HallState Recall(HallState hall, TicketRecalled recalled, DateTimeOffset at) =>
        hall.Change(recalled.Ticket, ticket => ticket with { CalledAt = at, Calls = recalled.Calls })
            .Announce(new(recalled.Number, recalled.Counter, at, recalled.Calls));

    /// <summary>The ticket leaves line or counter for a phase in which it is in neither.</summary>
    public static HallState Leave(HallState hall, TicketId id, TicketPhase phase, DateTimeOffset at)
    {
        var ticket = hall.Tickets[id];
        return hall.Away(ticket).Change(id, left => left with { Phase = phase, EndedAt = at });
    }

    /// <summary>The ticket stands in line again where its issue time puts it.</summary>
    public static HallState Rejoin(HallState hall, TicketId id, Func<Ticket, Ticket> moved)
    {
        var ticket = hall.Tickets[id];
        var back = moved(ticket) with { Phase = TicketPhase.Waiting, BegunAt = null, EndedAt = null };
        return hall.Away(ticket).Change(id, _ => back).Join(back);
    }

    /// <summary>Who waited for this counter alone may be called by any counter of the service again.</summary>
    public static HallState CloseCounter(HallState hall, CounterId id)
    {
        var waiting = hall.Counters.TryGetValue(id, out var counter) ? counter.Line : [];
        return waiting.Aggregate(hall, (state, place) => Rejoin(state, place.Ticket, ticket => ticket with { OnlyAt = null }))
            .Change(id, closed => closed with { Phase = CounterPhase.Closed });
    }

    public static HallState Change(this HallState hall, TicketId id, Func<Ticket, Ticket> change)
    {
        var (before, after) = (hall.Tickets[id], change(hall.Tickets[id]));
        return hall with
        {
            Tickets = hall.Tickets.SetItem(id, after),
            Live = hall.Live + (after.Live ? 1 : 0) - (before.Live ? 1 : 0),
        };
    }

    public static HallState Change(this HallState hall, CounterId id, Func<Counter, Counter> change)
    {
        // A counter that the profile no longer has keeps its place in today's facts and offers nothing.
        var counter = hall.Counters.GetValueOrDefault(id) ?? new Counter(id, CounterKind.Normal, [], CounterPhase.Closed, null, []);
        return hall with { Counters = hall.Counters.SetItem(id, change(counter)) };
    }

    private static HallState Away(this HallState hall, Ticket ticket)
    {
        if (ticket.Phase == TicketPhase.Waiting) return hall.OutOfLine(ticket);
        return ticket.AtCounter ? hall.Change(ticket.Counter!.Value, counter => counter with { Ticket = null }) : hall;
    }

    private static HallState Join(this HallState hall, Ticket ticket) => hall.InLine(ticket, line => line.Add(ticket.Place));

    private static HallState OutOfLine(this HallState hall, Ticket ticket) => hall.InLine(ticket, line => line.Remove(ticket.Place));

    private static HallState InLine(this HallState hall, Ticket ticket, Func<ImmutableSortedSet<Place>, ImmutableSortedSet<Place>> change)
    {
        if (ticket.OnlyAt is { } only) return hall.Change(only, counter => counter with { Line = change(counter.Line) });

        var service = hall.ServiceOrRetired(ticket.Service, ticket.Number.Letter);
        return hall with { Services = hall.Services.SetItem(service.Id, service with { Line = change(service.Line) }) };
    }

    private static HallState Announce(this HallState hall, RecentCall call)
    {
        var calls = hall.Calls.Insert(0, call);
        return hall with { Calls = calls.Count > HallState.CallsKept ? calls.RemoveAt(HallState.CallsKept) : calls };
    }

    // A service that the profile no longer has keeps today's tickets: they can be transferred or cancelled, and no more are issued.
    private static Service ServiceOrRetired(this HallState hall, ServiceId id, char letter) =>
        hall.Services.GetValueOrDefault(id) ?? new Service(id, letter, 0, 0, []);
}
