using System.Diagnostics;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>Taking a number, coming back, moving on, giving up.</summary>
internal static class TicketRules
{
    /// <summary>An appointment that is checked in earlier stands in line as of this long before its slot.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    public static Decision Decide(HallState hall, HallCommand command, DateTimeOffset at) => command switch
    {
        TakeTicket take => Take(hall, take, at),
        ResumeTicket resume => With(hall, resume.Ticket, ticket => Resume(hall, ticket, at)),
        TransferTicket transfer => With(hall, transfer.Ticket, ticket => Transfer(hall, ticket, transfer)),
        CancelTicket cancel => With(hall, cancel.Ticket, Cancel),
        PrioritiseTicket prioritise => With(hall, prioritise.Ticket, ticket => Prioritise(ticket, prioritise.Class)),
        _ => throw new UnreachableException(),
    };

    private static Decision Take(HallState hall, TakeTicket take, DateTimeOffset at)
    {
        if (hall.Phase == DayPhase.Closed) return DayNotOpen;
        if (hall.Phase == DayPhase.Closing) return Rejection.DayClosing;
        if (!hall.Services.TryGetValue(take.Service, out var service)) return UnknownService;
        if (service.Issued >= service.DailyLimit) return DailyLimitReached;
        if (Further(hall, take) is { } twice) return twice;
        if (hall.Rules.KeepHours && Hours(hall, take.Service, at) is { } closed) return closed;
        if (take.Appointment is { } booked && CheckIn(hall, booked, at) is { } missed) return missed;
        if (take.AskIfLong && hall.Rules.LongWait > TimeSpan.Zero && ExpectedWait.For(hall, take.Service) >= hall.Rules.LongWait) return LongWait;
        if (hall.Tickets.ContainsKey(take.Id)) throw new InvalidOperationException($"Ticket id {take.Id} was drawn twice.");

        var number = new TicketNumber(service.Letter, service.Issued + 1);
        var priority = take.Class ?? (take.Appointment is null ? null : PriorityClass.Appointment);
        var told = hall.Waits.Estimate(hall, service.Id, priority, at);
        var issued = new TicketIssued(
            take.Id,
            number,
            service.Id,
            take.Language,
            service.Line.Count,
            priority,
            take.Appointment is { } appointment && appointment.Slot - Early > at ? appointment.Slot - Early : null,
            take.Then is { Count: > 0 } ? take.Then : null,
            take.Appointment?.Id,
            hall.Waits.Tells(hall, service.Id, at) ? told?.Promise : null);
        var decision = take.Print && hall.Printing ? Decision.Of(issued, new SlipQueued(take.Id, number, 0)) : issued;

        // Foretold once: the hall learns from the same estimate.
        return decision with { Folded = HallDecider.Evolve(hall, issued, told, at), FoldedEvents = 1 };
    }

    private static Rejection? Further(HallState hall, TakeTicket take)
    {
        var all = (take.Then ?? []).Prepend(take.Service).ToList();
        if (all.Any(service => !hall.Services.ContainsKey(service))) return UnknownService;
        return all.Distinct().Count() == all.Count ? null : ServiceTwice;
    }

    /// <summary>Closed, or too late for everyone to be served by closing time.</summary>
    private static Rejection? Hours(HallState hall, ServiceId service, DateTimeOffset at)
    {
        if (!HallHours.IsOpen(hall.Site, at)) return OutsideHours;
        if (HallHours.Closing(hall.Site, HallHours.Local(hall.Site, at).Date) is not { } closing) return OutsideHours;
        if (at >= closing - hall.Rules.LastTicket) return LastTicketGone;
        return hall.Rules.LastTicket > TimeSpan.Zero && at + ExpectedWait.For(hall, service) + ExpectedWait.Mean(hall, service) > closing ? LastTicketGone : null;
    }

    private static Rejection? CheckIn(HallState hall, Appointment booked, DateTimeOffset at)
    {
        if (hall.Tickets.Values.Any(ticket => ticket.Appointment == booked.Id)) return AppointmentUsed;
        if (at < booked.Slot - hall.Rules.AppointmentEarly) return AppointmentTooEarly;
        return at > booked.Slot + hall.Rules.AppointmentLate ? AppointmentTooLate : null;
    }

    private static Decision Resume(HallState hall, Ticket ticket, DateTimeOffset at) => ticket.Phase switch
    {
        TicketPhase.Held => new TicketResumed(ticket.Id, ticket.Number),
        TicketPhase.NoShow when InTime(hall, ticket, at) => new TicketResumed(ticket.Id, ticket.Number, NearFront(hall, ticket)),
        TicketPhase.NoShow => NoShowTooLate,
        TicketPhase.Waiting or TicketPhase.Called or TicketPhase.Serving => TicketNotHeld,
        _ => TicketEnded,
    };

    private static bool InTime(HallState hall, Ticket ticket, DateTimeOffset at) =>
        at - ticket.EndedAt <= hall.Rules.NoShowGrace
        || (hall.Services.TryGetValue(ticket.Service, out var service) && service.Calls - ticket.CallsWhenMissed <= hall.Rules.NoShowGraceCalls);

    /// <summary>Right behind the few whom the rules leave in front; null where its own place is further back already.</summary>
    private static DateTimeOffset? NearFront(HallState hall, Ticket ticket)
    {
        if (hall.Rules.NoShowPlace == 0) return null;

        var last = hall.LineOf(ticket).Places.Take(hall.Rules.NoShowPlace).Select(place => (DateTimeOffset?)place.Since).LastOrDefault();
        return last >= ticket.StandsSince ? last.Value.AddTicks(1) : null;
    }

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
        if (stays || (transfer.Service is null && transfer.Counter is null)) return TransferNowhere;

        // Only a customer who is at a counter can come back to one.
        CounterId? back = transfer.Return && ticket.AtCounter ? ticket.Counter : null;
        if (transfer.Return && back is null) return NobodyAtCounter;
        return new TicketTransferred(ticket.Id, ticket.Number, ticket.Service, to, transfer.Counter, back);
    }

    private static Decision Prioritise(Ticket ticket, PriorityClass? priority)
    {
        if (!ticket.Live) return TicketEnded;
        return ticket.Class == priority ? PrioritySame : new TicketPrioritised(ticket.Id, ticket.Number, ticket.Class, priority);
    }

    private static Decision Cancel(Ticket ticket)
    {
        if (!ticket.Live) return TicketEnded;
        return ticket.AtCounter ? TicketAtCounter : new TicketCancelled(ticket.Id, ticket.Number);
    }

    private static Decision With(HallState hall, TicketId id, Func<Ticket, Decision> rule) =>
        hall.Phase == DayPhase.Closed || !hall.Tickets.TryGetValue(id, out var ticket) ? UnknownTicket : rule(ticket);
}
