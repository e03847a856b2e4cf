using System.Diagnostics;
using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Provisioning.Log;

/// <summary>What happened, in words for the technician: one line for each type of event.</summary>
internal static class EventWords
{
    public static string For(HallEvent fact) => fact switch
    {
        DayOpened e => $"business day {Day(e.Day)} opened",
        DayClosing e => $"business day {Day(e.Day)} closing: no more tickets",
        DayClosed e => $"business day {Day(e.Day)} closed",
        TicketIssued e => string.Create(CultureInfo.InvariantCulture, $"{e.Number} issued for {e.Service} in {e.Language}, {e.Ahead} ahead{(e.Promise is { } told ? $", told {WaitRange.Of(told)}" : "")}"),
        TicketCalled e => $"{e.Number} called to counter {e.Counter}",
        TicketRecalled e => string.Create(CultureInfo.InvariantCulture, $"{e.Number} recalled to counter {e.Counter}, call {e.Calls}"),
        ServiceBegun e => $"{e.Number} is at counter {e.Counter}",
        ServiceFinished e => $"{e.Number} finished at counter {e.Counter}",
        TicketNoShow e => $"{e.Number} did not come to counter {e.Counter}",
        TicketHeld e => $"{e.Number} put on hold at counter {e.Counter}",
        TicketResumed e => $"{e.Number} back in line",
        TicketTransferred { Counter: { } only } e => $"{e.Number} transferred from {e.From} to {e.To}, counter {only} only",
        TicketTransferred e => $"{e.Number} transferred from {e.From} to {e.To}",
        TicketContinued { Counter: { } only } e => $"{e.Number} goes back from {e.From} to {e.To}, counter {only}",
        TicketContinued e => $"{e.Number} goes on from {e.From} to {e.To}",
        TicketPrioritised { To: { } to } e => $"{e.Number} has priority now: {to}",
        TicketPrioritised e => $"{e.Number} has no priority any more",
        TicketCancelled e => $"{e.Number} cancelled",
        TicketAbandoned e => $"{e.Number} was still open when the day was closed",
        CounterOpened e => $"counter {e.Counter} opened",
        CounterPaused e => $"counter {e.Counter} paused",
        CounterResumed e => $"counter {e.Counter} goes on",
        CounterClosed e => $"counter {e.Counter} closed",
        CounterStaffed e => $"{e.Clerk} sits at counter {e.Counter}",
        CounterLeft e => $"{e.Clerk} left counter {e.Counter}",
        SlipQueued e => $"{Slip(e.Number, e.Copy)} waits for the printer",
        SlipSending e => $"{Slip(e.Number, e.Copy)} goes to the printer",
        SlipRequeued e => $"{Slip(e.Number, e.Copy)} did not reach the printer, waits again",
        SlipHalted e => $"{Slip(e.Number, e.Copy)} stopped half way: {e.Fault}",
        SlipPrinted e => $"{Slip(e.Number, e.Copy)} printed",
        SlipPresumed e => $"{Slip(e.Number, e.Copy)} sent to a printer that cannot confirm",
        SlipInDoubt e => $"{Slip(e.Number, e.Copy)} in doubt: it may have come out or not",
        SlipReplaced e => $"{Slip(e.Number, e.Copy)} did not come out, a copy takes its place",
        SurgeGroupCalledIn e => string.Create(CultureInfo.InvariantCulture, $"surge plan {e.Plan}: {e.Group} called in, {e.Waiting} waiting"),
        SurgeGroupReleased { DayEnds: true } e => $"surge plan {e.Plan}: {e.Group} released, the day ends",
        SurgeGroupReleased e => string.Create(CultureInfo.InvariantCulture, $"surge plan {e.Plan}: {e.Group} released, {e.Waiting} waiting"),
        SurgeOvertimeAdvised e => string.Create(CultureInfo.InvariantCulture, $"surge plan {e.Plan}: everybody is in and {e.Waiting} wait: longer shifts and overtime advised"),
        SurgeOvertimeEnded e => $"surge plan {e.Plan}: overtime is no longer advised",
        Note note => NoteWords.For(note),
        LedgerEntry entry => LedgerWords.For(entry),
        _ => throw new UnreachableException($"no words for {fact.GetType().Name}"),
    };

    private static string Slip(TicketNumber number, int copy) =>
        copy == 0 ? $"slip of {number}" : string.Create(CultureInfo.InvariantCulture, $"copy {copy} of {number}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
