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
    public static Decision Decide(HallState hall, HallCommand command) => command switch
    {
        CallNext call => Next(hall, call),
        Recall recall => WithCustomer(hall, recall.Counter, ticket => ticket.Phase == TicketPhase.Called
            ? new TicketRecalled(ticket.Id, ticket.Number, recall.Counter, ticket.Calls + 1)
            : AlreadyBegun),
        Begin begin => WithCustomer(hall, begin.Counter, ticket => ticket.Phase == TicketPhase.Called
            ? new ServiceBegun(ticket.Id, ticket.Number, begin.Counter)
            : AlreadyBegun),
        Finish finish => WithCustomer(hall, finish.Counter, ticket => new ServiceFinished(ticket.Id, ticket.Number, finish.Counter)),
        MarkNoShow missed => WithCustomer(hall, missed.Counter, ticket => ticket.Phase == TicketPhase.Called
            ? new TicketNoShow(ticket.Id, ticket.Number, missed.Counter)
            : AlreadyBegun),
        Hold hold => WithCustomer(hall, hold.Counter, ticket => new TicketHeld(ticket.Id, ticket.Number, hold.Counter)),
        _ => throw new UnreachableException(),
    };

    private static Decision Next(HallState hall, CallNext call)
    {
        if (!hall.Counters.TryGetValue(call.Counter, out var counter)) return UnknownCounter;
        if (hall.Phase == DayPhase.Closed) return DayNotOpen;
        if (call.Seen is { } seen && seen.Ticket != counter.Ticket) return CounterChanged;
        if (!call.SitDown && counter.Phase == CounterPhase.Closed) return Rejection.CounterClosed;
        if (!call.SitDown && counter.Phase == CounterPhase.Paused) return Rejection.CounterPaused;

        var facts = ImmutableArray.CreateBuilder<HallEvent>(3);
        if (counter.Phase == CounterPhase.Closed) facts.Add(new CounterOpened(counter.Id));
        if (counter.Phase == CounterPhase.Paused) facts.Add(new CounterResumed(counter.Id));
        if (hall.At(counter) is { } last) facts.Add(new ServiceFinished(last.Id, last.Number, counter.Id));
        if (Router.Next(hall, counter) is { } next)
        {
            var ticket = hall.Tickets[next];
            facts.Add(new TicketCalled(next, ticket.Number, ticket.Service, counter.Id));
        }

        return facts.Count == 0 ? NobodyWaiting : Decision.Of(facts.ToImmutable());
    }

    private static Decision WithCustomer(HallState hall, CounterId id, Func<Ticket, Decision> rule)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return UnknownCounter;
        return hall.At(counter) is { } ticket ? rule(ticket) : NobodyAtCounter;
    }
}
