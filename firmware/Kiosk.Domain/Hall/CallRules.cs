using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Routing;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>The keys of a counter: call, recall, begin, finish, no-show, hold.</summary>
internal static class CallRules
{
    public static Decision Decide(HallState hall, HallCommand command, DateTimeOffset at) => command switch
    {
        CallNext call => Next(hall, call, at),
        CallTicket call => Chosen(hall, call, at),
        Recall recall => WithCustomer(hall, recall.Counter, ticket => ticket.Phase == TicketPhase.Called
            ? new TicketRecalled(ticket.Id, ticket.Number, recall.Counter, ticket.Calls + 1)
            : AlreadyBegun),
        Begin begin => WithCustomer(hall, begin.Counter, ticket => (begin.Only ?? ticket.Id) != ticket.Id ? CounterChanged
            : ticket.Phase == TicketPhase.Called ? new ServiceBegun(ticket.Id, ticket.Number, begin.Counter)
            : AlreadyBegun),
        Finish finish => WithCustomer(hall, finish.Counter, ticket => Decision.Of(Finished(hall, ticket, finish.Counter))),
        MarkNoShow missed => WithCustomer(hall, missed.Counter, ticket => ticket.Phase == TicketPhase.Called
            ? new TicketNoShow(ticket.Id, ticket.Number, missed.Counter)
            : AlreadyBegun),
        Hold hold => WithCustomer(hall, hold.Counter, ticket => new TicketHeld(ticket.Id, ticket.Number, hold.Counter, at + (hold.For ?? hall.Rules.HoldFor))),
        _ => throw new UnreachableException(),
    };

    /// <summary>Where the hall calls by itself: every free open counter gets the next customer, the one that is free longest first.</summary>
    public static Decision CallToTheIdle(HallState hall, Decision decision, DateTimeOffset at)
    {
        if (decision.Events.IsEmpty) return decision;

        var after = HallDecider.Evolve(hall, decision, at);
        if (after.Phase == DayPhase.Closed || after.Waiting == 0) return Folded(decision.Events, after, decision.Events.Length);

        var facts = decision.Events.ToBuilder();
        foreach (var counter in after.Counters.Values.Where(c => c.Phase == CounterPhase.Open && c.Ticket is null).OrderBy(c => c.FreeSince))
        {
            if (Call(after, after.Counters[counter.Id], at) is not { } called) continue;
            facts.Add(called);
            after = HallDecider.Evolve(after, called, at);
        }

        return Folded(facts.ToImmutable(), after, facts.Count);
    }

    private static Decision Next(HallState hall, CallNext call, DateTimeOffset at)
    {
        var ready = MakeReady(hall, call.Counter, call.SitDown, call.Seen);
        if (ready.Rejection is not null) return ready;

        var after = HallDecider.Evolve(hall, ready.Events, at);
        var called = Call(after, after.Counters[call.Counter], at);
        if (called is not null) return Folded(ready.Events.Add(called), after, ready.Events.Length);
        return ready.Events.IsEmpty ? NobodyWaiting : Folded(ready.Events, after, ready.Events.Length);
    }

    private static Decision Folded(ImmutableArray<HallEvent> facts, HallState after, int folded) => Decision.Of(facts) with { Folded = after, FoldedEvents = folded };

    private static Decision Chosen(HallState hall, CallTicket call, DateTimeOffset at)
    {
        var ready = MakeReady(hall, call.Counter, call.SitDown, call.Seen);
        if (ready.Rejection is not null) return ready;
        if (!hall.Tickets.TryGetValue(call.Ticket, out var ticket)) return UnknownTicket;
        if (ticket.Phase != TicketPhase.Waiting) return ticket.Live ? TicketNotWaiting : TicketEnded;

        var after = HallDecider.Evolve(hall, ready.Events, at);
        var counter = after.Counters[call.Counter];
        if (!(ticket.OnlyAt is { } only ? only == counter.Id : counter.Offers.Contains(ticket.Service))) return ServiceNotOffered;
        return Folded(ready.Events.Add(new TicketCalled(ticket.Id, ticket.Number, ticket.Service, counter.Id, Router.Chosen(after, counter, ticket, at))), after, ready.Events.Length);
    }

    /// <summary>The counter is open and empty: what has to happen before a call.</summary>
    private static Decision MakeReady(HallState hall, CounterId id, bool sitDown, Seen? seen)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return UnknownCounter;
        if (hall.Phase == DayPhase.Closed) return DayNotOpen;
        if (seen is not null && seen.Ticket != counter.Ticket) return CounterChanged;
        if (!sitDown && counter.Phase == CounterPhase.Closed) return Rejection.CounterClosed;
        if (!sitDown && counter.Phase == CounterPhase.Paused) return Rejection.CounterPaused;

        var facts = ImmutableArray.CreateBuilder<HallEvent>(3);
        if (counter.Phase == CounterPhase.Closed) facts.Add(new CounterOpened(counter.Id));
        if (counter.Phase == CounterPhase.Paused) facts.Add(new CounterResumed(counter.Id));
        if (hall.At(counter) is { } last) facts.AddRange(Finished(hall, last, counter.Id));
        return new(facts.ToImmutable(), null);
    }

    /// <summary>The end of a service; the ticket goes back to who sent it, or on to its next service.</summary>
    private static ImmutableArray<HallEvent> Finished(HallState hall, Ticket ticket, CounterId counter)
    {
        var finished = new ServiceFinished(ticket.Id, ticket.Number, counter);
        if (ticket.Return is { } back)
        {
            return [finished, new TicketContinued(ticket.Id, ticket.Number, ticket.Service, back.Service, hall.UnlessClosed(back.Counter))];
        }

        return ticket.Then.Count == 0 ? [finished] : [finished, new TicketContinued(ticket.Id, ticket.Number, ticket.Service, ticket.Then[0])];
    }

    private static TicketCalled? Call(HallState hall, Counter counter, DateTimeOffset at)
    {
        if (Router.Next(hall, counter, at) is not { } choice) return null;

        var ticket = hall.Tickets[choice.Ticket];
        return new TicketCalled(ticket.Id, ticket.Number, ticket.Service, counter.Id, choice.Why);
    }

    private static Decision WithCustomer(HallState hall, CounterId id, Func<Ticket, Decision> rule)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return UnknownCounter;
        return hall.At(counter) is { } ticket ? rule(ticket) : NobodyAtCounter;
    }
}
