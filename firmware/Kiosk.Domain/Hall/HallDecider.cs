using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Waiting.Prediction;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Hall;

/// <summary>The rules of the hall. Pure: the caller brings the state and the time.</summary>
public static class HallDecider
{
    /// <summary>What follows from a command: events, or one rejection.</summary>
    public static Decision Decide(HallState hall, HallCommand command, DateTimeOffset at)
    {
        var decision = command switch
        {
            OpenDay or CloseDay => DayRules.Decide(hall, command, at),
            OpenCounter or PauseCounter or ResumeCounter or CloseCounter or StaffCounter or LeaveCounter => CounterRules.Decide(hall, command),
            CallNext or CallTicket or Recall or Begin or Finish or MarkNoShow or Hold => CallRules.Decide(hall, command, at),
            TakeTicket or ResumeTicket or TransferTicket or CancelTicket or PrioritiseTicket => TicketRules.Decide(hall, command, at),
            PrintTicket or SendSlip or ReportSlip => SlipRules.Decide(hall, command),
            KeepSurge => SurgeRules.Keep(hall, at),
            WriteDown note => note.Fact,
            LedgerCommand money => LedgerDecider.Decide(hall.Ledger, money),
            _ => throw new UnreachableException(),
        };
        if (hall.Rules.AutoCall) decision = CallRules.CallToTheIdle(hall, decision, at);
        return hall.Phase == DayPhase.Closing ? DayRules.CloseBehindTheLast(hall, decision, at) : decision;
    }

    /// <summary>The hall after a fact. Total over every event of the journal, also over services and counters that the profile no longer has.</summary>
    public static HallState Evolve(HallState hall, HallEvent fact, DateTimeOffset at) => SurgeFold.Observe(hall, Changed(hall, fact, at), at);

    /// <summary>The hall after a ticket whose wait was foretold when it was decided.</summary>
    internal static HallState Evolve(HallState hall, TicketIssued issued, WaitEstimate? told, DateTimeOffset at) => SurgeFold.Observe(hall, HallFold.Issue(hall, issued, told, at), at);

    private static HallState Changed(HallState hall, HallEvent fact, DateTimeOffset at) => fact switch
    {
        DayOpened opened => HallFold.NewDay(hall, opened.Day),
        HallEvent.DayClosing => hall with { Phase = DayPhase.Closing },
        DayClosed => HallFold.EndOfDay(hall),
        TicketIssued issued => HallFold.Issue(hall, issued, hall.Waits.Estimate(hall, issued.Service, issued.Class, at), at),
        TicketCalled called => HallFold.Call(hall, called, at),
        TicketRecalled recalled => HallFold.Recall(hall, recalled, at),
        ServiceBegun begun => hall.Change(begun.Ticket, ticket => ticket with { Phase = TicketPhase.Serving, BegunAt = at }),
        ServiceFinished finished => HallFold.Finish(hall, finished.Ticket, at),
        TicketNoShow missed => HallFold.Miss(hall, missed.Ticket, at),
        TicketHeld held => HallFold.Leave(hall, held.Ticket, TicketPhase.Held, at).Change(held.Ticket, ticket => ticket with { HeldUntil = held.Until }),
        TicketResumed resumed => HallFold.Rejoin(hall, resumed.Ticket, at, ticket => ticket with
        {
            StandsSince = resumed.StandsAt ?? ticket.StandsSince,
            OnlyAt = hall.UnlessClosed(ticket.OnlyAt),
        }),
        TicketTransferred moved => HallFold.Transfer(hall, moved, at),
        TicketContinued on => HallFold.Continue(hall, on, at),
        TicketPrioritised changed => HallFold.Prioritise(hall, changed),
        TicketCancelled cancelled => HallFold.Leave(hall, cancelled.Ticket, TicketPhase.Cancelled, at),
        TicketAbandoned abandoned => HallFold.Leave(hall, abandoned.Ticket, TicketPhase.Abandoned, at),
        CounterOpened opened => hall.Change(opened.Counter, counter => counter with { Phase = CounterPhase.Open, FreeSince = at }),
        CounterPaused paused => hall.Change(paused.Counter, counter => counter with { Phase = CounterPhase.Paused }),
        CounterResumed resumed => hall.Change(resumed.Counter, counter => counter with { Phase = CounterPhase.Open }),
        CounterClosed closed => HallFold.CloseCounter(hall, closed.Counter, at),
        CounterStaffed staffed => hall.Change(staffed.Counter, counter => counter with { Clerk = staffed.Clerk }),
        CounterLeft left => hall.Change(left.Counter, counter => counter with { Clerk = null }),
        SlipQueued queued => SlipFold.Queue(hall, queued, at),
        SlipSending slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Sending),
        SlipRequeued slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Queued),
        SlipHalted slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Halted, slip.Fault),
        SlipPrinted slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Printed),
        SlipPresumed slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Presumed),
        SlipInDoubt slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.InDoubt),
        SlipReplaced slip => SlipFold.Mark(hall, new(slip.Ticket, slip.Copy), SlipPhase.Replaced),
        SurgeGroupCalledIn surge => SurgeFold.Take(hall, surge.Plan, new SurgeStep.CallIn(surge.Group, surge.Due)),
        SurgeGroupReleased surge => SurgeFold.Take(hall, surge.Plan, new SurgeStep.Release(surge.Group, surge.Due)),
        SurgeOvertimeAdvised surge => SurgeFold.Take(hall, surge.Plan, new SurgeStep.AdviseOvertime(surge.Due)),
        SurgeOvertimeEnded surge => SurgeFold.Take(hall, surge.Plan, new SurgeStep.EndOvertime(surge.Due)),
        Note => hall,
        LedgerEntry entry => hall.Ledger is { } ledger ? hall with { Ledger = LedgerFold.Evolve(ledger, entry, at) } : hall,
        _ => throw new UnreachableException(),
    };

    /// <summary>The hall after a decision that was made over it at that time.</summary>
    /// <returns>The same as of the decision's events one after the other.</returns>
    public static HallState Evolve(HallState hall, Decision decision, DateTimeOffset at)
    {
        var state = decision.Folded ?? hall;
        for (var n = decision.FoldedEvents; n < decision.Events.Length; n++) state = Evolve(state, decision.Events[n], at);
        return state;
    }

    /// <summary>Folds a decision's events, as the journal will have them.</summary>
    public static HallState Evolve(HallState hall, ImmutableArray<HallEvent> facts, DateTimeOffset at) =>
        facts.Aggregate(hall, (state, fact) => Evolve(state, fact, at));
}
