using System.Collections.Immutable;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Prediction;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Hall;

/// <summary>How facts about tickets and counters change the hall.</summary>
internal static class HallFold
{
    public static HallState NewDay(HallState hall, DateOnly day) => EndOfDay(hall) with { Phase = DayPhase.Open, Day = day };

    /// <summary>A closed day leaves nothing behind but its date: numbers begin at 1, counters are closed, and what the profile no longer has is gone.</summary>
    public static HallState EndOfDay(HallState hall) => hall with
    {
        Phase = DayPhase.Closed,
        Services = hall.Services.Where(pair => hall.Site.Service(pair.Key) is not null).ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Issued = 0, Line = Line.Empty, Calls = 0, Served = 0, ServiceTime = default }),
        Counters = hall.Counters.Where(pair => hall.Site.Counters.Any(counter => counter.Number == pair.Key)).ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => pair.Value with { Phase = CounterPhase.Closed, Ticket = null, Line = Line.Empty }),
        Tickets = ImmutableDictionary<TicketId, Ticket>.Empty,
        Live = 0,
        Slips = ImmutableDictionary<SlipId, OpenSlip>.Empty,
        Calls = [],
        Timers = [],
        Waits = hall.Phase == DayPhase.Closed ? hall.Waits : hall.Waits.EndOfDay(hall.Day),
        Surge = ImmutableDictionary<string, SurgeState>.Empty,
    };

    /// <param name="told">What the hall before it foretells for the ticket.</param>
    public static HallState Issue(HallState hall, TicketIssued issued, WaitEstimate? told, DateTimeOffset at)
    {
        var ticket = new Ticket(issued.Ticket, issued.Number, issued.Service, issued.Language, at, hall.NextOrder)
        {
            Ahead = issued.Ahead,
            Class = issued.Class,
            StandsSince = issued.StandsAt ?? at,
            Then = issued.Then ?? [],
            Appointment = issued.Appointment,
            Promise = issued.Promise,
            Told = issued.StandsAt is null ? told : null,
        };
        return (hall with
        {
            Services = hall.Services.SetItem(issued.Service, hall.ServiceOrRetired(issued.Service, issued.Number.Letter) with { Issued = issued.Number.Serial }),
            Tickets = hall.Tickets.Add(ticket.Id, ticket),
            Live = hall.Live + 1,
            NextOrder = hall.NextOrder + 1,
            Waits = hall.Waits.Joined(told, at),
        }).Join(ticket);
    }

    public static HallState Call(HallState hall, TicketCalled called, DateTimeOffset at)
    {
        var ticket = hall.Tickets[called.Ticket];
        var left = hall.OutOfLine(ticket);
        return (left with { Waits = hall.Waits.Called(left, ticket, at) })
            .Change(called.Service, ticket.Number.Letter, service => service with { Calls = service.Calls + 1 })
            .Change(called.Counter, counter => counter with { Ticket = called.Ticket })
            .Change(called.Ticket, waiting => waiting with
            {
                Phase = TicketPhase.Called,
                Counter = called.Counter,
                FirstCalledAt = waiting.FirstCalledAt ?? at,
                CalledAt = at,
                Calls = 1,
                Why = called.Why,
                Told = null,
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
        return hall.Away(ticket, at).Change(id, left => left with { Phase = phase, EndedAt = at });
    }

    public static HallState Finish(HallState hall, TicketId id, DateTimeOffset at)
    {
        var ticket = hall.Tickets[id];
        var begun = ticket.BegunAt ?? ticket.CalledAt + hall.Rules.Walking;
        return Leave(hall with { Waits = hall.Waits.Finished(hall, ticket, at) }, id, TicketPhase.Finished, at).Change(ticket.Service, ticket.Number.Letter, service => service with
        {
            Served = service.Served + 1,
            ServiceTime = service.ServiceTime + (begun < at ? at - begun.Value : TimeSpan.Zero),
        });
    }

    public static HallState Miss(HallState hall, TicketId id, DateTimeOffset at)
    {
        var calls = hall.Services.GetValueOrDefault(hall.Tickets[id].Service)?.Calls ?? 0;
        return Leave(hall, id, TicketPhase.NoShow, at).Change(id, ticket => ticket with { CallsWhenMissed = calls });
    }

    /// <summary>The ticket stands in line again where its place puts it.</summary>
    public static HallState Rejoin(HallState hall, TicketId id, DateTimeOffset at, Func<Ticket, Ticket> moved)
    {
        var ticket = hall.Tickets[id];
        var back = moved(ticket) with { Phase = TicketPhase.Waiting, BegunAt = null, EndedAt = null, HeldUntil = null, Told = null };
        return hall.Away(ticket, at).Change(id, _ => back).Join(back);
    }

    public static HallState Transfer(HallState hall, TicketTransferred moved, DateTimeOffset at) => Rejoin(hall, moved.Ticket, at, ticket => ticket with
    {
        Service = moved.To,
        OnlyAt = moved.Counter,
        Return = moved.ReturnTo is { } counter ? (moved.From, counter) : ticket.Return,
    });

    /// <summary>Back from a transfer it keeps its place; for a further service it stands in line as of now.</summary>
    public static HallState Continue(HallState hall, TicketContinued on, DateTimeOffset at) => Rejoin(hall, on.Ticket, at, ticket => ticket.Return is not null
        ? ticket with { Service = on.To, OnlyAt = on.Counter, Return = null }
        : ticket with { Service = on.To, OnlyAt = on.Counter, StandsSince = at, Then = [.. ticket.Then.Skip(1)] });

    public static HallState Prioritise(HallState hall, TicketPrioritised changed)
    {
        var ticket = hall.Tickets[changed.Ticket];
        if (ticket.Phase != TicketPhase.Waiting) return hall.Change(changed.Ticket, other => other with { Class = changed.To });

        var after = ticket with { Class = changed.To };
        return hall.OutOfLine(ticket).Change(changed.Ticket, _ => after).Join(after);
    }

    /// <summary>Who waited for this counter alone may be called by any counter of the service again.</summary>
    public static HallState CloseCounter(HallState hall, CounterId id, DateTimeOffset at)
    {
        var waiting = hall.Counters.TryGetValue(id, out var counter) ? counter.Line.Places : [];
        return waiting.Aggregate(hall, (state, place) => Rejoin(state, place.Ticket, at, ticket => ticket with { OnlyAt = null }))
            .Change(id, closed => closed with { Phase = CounterPhase.Closed });
    }

    public static HallState Change(this HallState hall, TicketId id, Func<Ticket, Ticket> change)
    {
        var (before, after) = (hall.Tickets[id], change(hall.Tickets[id]));
        return hall with
        {
            Tickets = hall.Tickets.SetItem(id, after),
            Live = hall.Live + (after.Live ? 1 : 0) - (before.Live ? 1 : 0),
            Timers = before.HeldUntil == after.HeldUntil && before.Phase == after.Phase ? hall.Timers : hall.Timers.Without(before).With(after),
        };
    }

    private static ImmutableSortedSet<HoldTimer> Without(this ImmutableSortedSet<HoldTimer> timers, Ticket ticket) =>
        ticket is { Phase: TicketPhase.Held, HeldUntil: { } until } ? timers.Remove(new(until, ticket.Id)) : timers;

    private static ImmutableSortedSet<HoldTimer> With(this ImmutableSortedSet<HoldTimer> timers, Ticket ticket) =>
        ticket is { Phase: TicketPhase.Held, HeldUntil: { } until } ? timers.Add(new(until, ticket.Id)) : timers;

    public static HallState Change(this HallState hall, CounterId id, Func<Counter, Counter> change)
    {
        // A counter that the profile no longer has keeps its place in today's facts and offers nothing.
        var counter = hall.Counters.GetValueOrDefault(id) ?? new Counter(id, CounterKind.Normal, [], CounterPhase.Closed, null, Line.Empty);
        return hall with { Counters = hall.Counters.SetItem(id, change(counter)) };
    }

    private static HallState Change(this HallState hall, ServiceId id, char letter, Func<Service, Service> change) =>
        hall with { Services = hall.Services.SetItem(id, change(hall.ServiceOrRetired(id, letter))) };

    private static HallState Away(this HallState hall, Ticket ticket, DateTimeOffset at)
    {
        if (ticket.Phase == TicketPhase.Waiting) return hall.OutOfLine(ticket);
        return ticket.AtCounter ? hall.Change(ticket.Counter!.Value, counter => counter with { Ticket = null, FreeSince = at }) : hall;
    }

    private static HallState Join(this HallState hall, Ticket ticket) => hall.InLine(ticket, line => line.Add(ticket.Place, ticket.Class));

    private static HallState OutOfLine(this HallState hall, Ticket ticket) => hall.InLine(ticket, line => line.Remove(ticket.Place, ticket.Class));

    private static HallState InLine(this HallState hall, Ticket ticket, Func<Line, Line> change) => ticket.OnlyAt is { } only
        ? hall.Change(only, counter => counter with { Line = change(counter.Line) })
        : hall.Change(ticket.Service, ticket.Number.Letter, service => service with { Line = change(service.Line) });

    private static HallState Announce(this HallState hall, RecentCall call)
    {
        var calls = hall.Calls.Insert(0, call);
        return hall with { Calls = calls.Count > HallState.CallsKept ? calls.RemoveAt(HallState.CallsKept) : calls };
    }

    // A service that the profile no longer has keeps today's tickets: they can be transferred or cancelled, and no more are issued.
    private static Service ServiceOrRetired(this HallState hall, ServiceId id, char letter) =>
        hall.Services.GetValueOrDefault(id) ?? new Service(id, letter, 0, 0, Line.Empty);
}
