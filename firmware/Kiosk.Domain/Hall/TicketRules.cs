using System.Diagnostics;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>Taking a number, coming back, moving on, giving up.</summary>
internal static class TicketRules
{
    public static Decision Decide(HallState hall, HallCommand command, DateTimeOffset at) => command switch
    {
        TakeTicket take => Take(hall, take),
        ResumeTicket resume => With(hall, resume.Ticket, ticket => Resume(hall, ticket, at)),
        TransferTicket transfer => With(hall, transfer.Ticket, ticket => Transfer(hall, ticket, transfer)),
        CancelTicket cancel => With(hall, cancel.Ticket, Cancel),
        _ => throw new UnreachableException(),
    };

    private static Decision Take(HallState hall, TakeTicket take)
    {
        if (hall.Phase == DayPhase.Closed) return DayNotOpen;
        if (hall.Phase == DayPhase.Closing) return Rejection.DayClosing;
        if (!hall.Services.TryGetValue(take.Service, out var service)) return UnknownService;
        if (service.Issued >= service.DailyLimit) return DailyLimitReached;
        if (hall.Tickets.ContainsKey(take.Id)) throw new InvalidOperationException($"Ticket id {take.Id} was drawn twice.");

        var number = new TicketNumber(service.Letter, service.Issued + 1);
        var issued = new TicketIssued(take.Id, number, service.Id, take.Language, service.Line.Count);
        return take.Print && hall.Printing ? Decision.Of(issued, new SlipQueued(take.Id, number, 0)) : issued;
    }

    private static Decision Resume(HallState hall, Ticket ticket, DateTimeOffset at) => ticket.Phase switch
    {
        TicketPhase.Held => new TicketResumed(ticket.Id, ticket.Number),
        TicketPhase.NoShow when at - ticket.EndedAt <= hall.NoShowGrace => new TicketResumed(ticket.Id, ticket.Number),
        TicketPhase.NoShow => NoShowTooLate,
        TicketPhase.Waiting or TicketPhase.Called or TicketPhase.Serving => TicketNotHeld,
        _ => TicketEnded,
    };

    private static Decision Transfer(HallState hall, Ticket ticket, TransferTicket transfer)
    {
        if (!ticket.Live) return TicketEnded;

        var to = transfer.Service ?? ticket.Service;
        if (!hall.Services.ContainsKey(to)) return UnknownService;
        if (transfer.Counter is { } id)
        {
            if (!hall.Counters.TryGetValue(id, out var counter)) return UnknownCounter;
            if (!counter.Offers.Contains(to)) return ServiceNotOffered;
            if (counter.Phase == CounterPhase.Closed) return Rejection.CounterClosed;
        }

        var stays = to == ticket.Service && transfer.Counter == ticket.OnlyAt && ticket.Phase == TicketPhase.Waiting;
        return stays || (transfer.Service is null && transfer.Counter is null)
            ? TransferNowhere
            : new TicketTransferred(ticket.Id, ticket.Number, ticket.Service, to, transfer.Counter);
    }

    private static Decision Cancel(Ticket ticket)
    {
        if (!ticket.Live) return TicketEnded;
        return ticket.AtCounter ? TicketAtCounter : new TicketCancelled(ticket.Id, ticket.Number);
    }

    private static Decision With(HallState hall, TicketId id, Func<Ticket, Decision> rule) =>
        hall.Phase == DayPhase.Closed || !hall.Tickets.TryGetValue(id, out var ticket) ? UnknownTicket : rule(ticket);
}
