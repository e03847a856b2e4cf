using System.Diagnostics;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>Printed = issued: a slip is on paper once, or somebody knows that it is not.</summary>
internal static class SlipRules
{
    public static Decision Decide(HallState hall, HallCommand command) => command switch
    {
        PrintTicket print => Print(hall, print.Ticket),
        SendSlip send => Send(hall, send.Slip),
        ReportSlip report => Report(hall, report),
        _ => throw new UnreachableException(),
    };

    private static Decision Print(HallState hall, TicketId id)
    {
        if (hall.Phase == DayPhase.Closed || !hall.Tickets.TryGetValue(id, out var ticket)) return UnknownTicket;
        if (!hall.Printing) return NoPrinter;
        if (!ticket.Live && ticket.Phase != TicketPhase.NoShow) return TicketEnded;
        return ticket.Slip is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted
            ? SlipPending
            : new SlipQueued(id, ticket.Number, ticket.Slip is null ? 0 : ticket.Copy + 1);
    }

    private static Decision Send(HallState hall, SlipId id) =>
        hall.Slips.TryGetValue(id, out var slip) && slip.Phase == SlipPhase.Queued
            ? new SlipSending(id.Ticket, slip.Number, id.Copy)
            : UnknownSlip;

    private static Decision Report(HallState hall, ReportSlip report)
    {
        var id = report.Slip;
        if (!hall.Slips.TryGetValue(id, out var slip) || slip.Phase == SlipPhase.Queued) return UnknownSlip;

        return report.Report switch
        {
            SlipReport.Printed => new SlipPrinted(id.Ticket, slip.Number, id.Copy),
            SlipReport.Presumed => new SlipPresumed(id.Ticket, slip.Number, id.Copy),
            SlipReport.InDoubt => new SlipInDoubt(id.Ticket, slip.Number, id.Copy),
            SlipReport.NotSent when slip.Phase == SlipPhase.Sending => new SlipRequeued(id.Ticket, slip.Number, id.Copy),
            SlipReport.Halted when slip.Phase == SlipPhase.Sending => new SlipHalted(id.Ticket, slip.Number, id.Copy, report.Fault ?? ""),
            SlipReport.Cleared when slip.Phase == SlipPhase.Halted => Decision.Of(
                new SlipReplaced(id.Ticket, slip.Number, id.Copy),
                new SlipQueued(id.Ticket, slip.Number, id.Copy + 1)),
            _ => UnknownSlip,
        };
    }
}
