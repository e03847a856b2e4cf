using System.Text;

namespace Kiosk.Domain.Hall;

/// <summary>A rejection as machines and people read it.</summary>
public static class RejectionSentences
{
    /// <summary><see cref="Rejection.NobodyWaiting"/> → <c>nobody-waiting</c>.</summary>
    public static string Code(this Rejection rejection)
    {
        var code = new StringBuilder();
        foreach (var sign in rejection.ToString())
        {
            if (char.IsUpper(sign) && code.Length > 0) code.Append('-');
            code.Append(char.ToLowerInvariant(sign));
        }

        return code.ToString();
    }

    /// <summary>One English sentence that says what to do where something can be done.</summary>
    public static string Sentence(this Rejection rejection) => rejection switch
    {
        Rejection.DayNotOpen => "The business day is not open: open it with POST /api/v1/day/open.",
        Rejection.DayAlreadyOpen => "A business day is open already: close it first.",
        Rejection.DayAlreadyClosed => "This business day has been closed; the next one can be opened when the date changes.",
        Rejection.DayClosing => "The hall is closing: no more tickets are issued, those who wait are still served.",
        Rejection.UnknownService => "The hall has no such service.",
        Rejection.DailyLimitReached => "All of today's tickets of this service have been issued.",
        Rejection.UnknownCounter => "The hall has no such counter.",
        Rejection.CounterClosed => "The counter is closed: open it first.",
        Rejection.CounterAlreadyOpen => "The counter is open already.",
        Rejection.CounterPaused => "The counter is paused: resume it first.",
        Rejection.CounterNotPaused => "The counter is not paused.",
        Rejection.CounterBusy => "A customer is at the counter: finish, hold or transfer first.",
        Rejection.CounterChanged => "Somebody else pressed a key of this counter first: look at what it shows now.",
        Rejection.NobodyWaiting => "Nobody waits for a service of this counter.",
        Rejection.NobodyAtCounter => "No customer has been called to this counter.",
        Rejection.AlreadyBegun => "The customer is at the counter already.",
        Rejection.UnknownTicket => "No such ticket today.",
        Rejection.TicketEnded => "This ticket has ended.",
        Rejection.TicketAtCounter => "This ticket has been called to a counter: the clerk there can finish, hold or transfer it.",
        Rejection.TicketNotHeld => "This ticket is neither held nor a no-show.",
        Rejection.NoShowTooLate => "The time to come back after a missed call is over: take a new number.",
        Rejection.ServiceNotOffered => "That counter does not offer the service.",
        Rejection.TransferNowhere => "The ticket is there already: name another service or counter.",
        Rejection.SlipPending => "The slip of this ticket is still waiting for its printer.",
        Rejection.NoPrinter => "The hall has no ticket printer.",
        Rejection.UnknownSlip => "No such slip is waiting to be printed.",
        Rejection.OutsideHours => "The hall is closed at this hour: see its opening hours.",
        Rejection.LastTicketGone => "Too little time is left before closing to serve one more customer of this service.",
        Rejection.LongWait => "The wait is long: ask the customer, then take the ticket without \"askIfLong\".",
        Rejection.AppointmentTooEarly => "It is too early to check in for this appointment.",
        Rejection.AppointmentTooLate => "The time to check in for this appointment is over: take a number without it.",
        Rejection.AppointmentUsed => "This appointment has been checked in already.",
        Rejection.TicketNotWaiting => "This ticket does not wait in line.",
        Rejection.PrioritySame => "The ticket has this priority already.",
        Rejection.ServiceTwice => "A ticket can go through each service once.",
        Rejection.NotAtCounter => "This clerk is at no counter.",
        Rejection.NoPayments => "The hall has no self-service terminal: its profile has no payments section.",
        Rejection.UnknownBiller => "The terminal knows no such biller.",
        Rejection.MeansNotOffered => "The terminal does not take money in this way.",
        Rejection.AmountNotAllowed => "This amount cannot be paid here: see what the biller and the terminal allow.",
        Rejection.TerminalBusy => "Another payment is under way at the terminal.",
        Rejection.CardLocked => "The outcome of an earlier card payment is not known: no other card payment until its case is settled.",
        Rejection.UnknownPayment => "No such payment is under way.",
        Rejection.PaymentElsewhere => "The payment has gone on meanwhile: look at where it stands now.",
        Rejection.NothingPaidIn => "No money has been put in yet.",
        Rejection.NoteMoving => "A note is being taken in: wait a moment.",
        Rejection.Committed => "The payment is committed and cannot be stopped any more.",
        Rejection.UnknownAcceptor => "The terminal has no such cash acceptor.",
        Rejection.CountedBefore => "This credit of the acceptor stands in the ledger already.",
        Rejection.UnknownReceipt => "No such receipt in this settlement period.",
        Rejection.ReceiptPending => "The receipt is still waiting for its printer.",
        Rejection.ReceiptVoid => "The receipt is void.",
        Rejection.ReasonNeeded => "A reason is needed: write what was found, in 3 to 400 signs.",
        Rejection.UnknownCase => "No such case is open.",
        Rejection.SecondPersonNeeded => "A case of this amount needs a second person: somebody else must say the same.",
        Rejection.CaseOutcomeImpossible => "This case cannot be settled so: money that was taken is credited or refunded, money credited without payment is taken back.",
        Rejection.PaymentUnderWay => "A payment is under way at the terminal: wait until it has ended.",
        Rejection.CashNotCounted => "Cash was taken since the last count: collect and count every box first.",
        Rejection.CountImpossible => "The count has a denomination that the terminal does not take, a denomination twice, or a number below zero.",
        Rejection.CardNotTotalled => "The card terminal's end of day is missing: take it, or close without it and give the reason.",
        Rejection.BillerNotStated => "A biller's statement is missing: ask for it, or close without it and give the reason.",
        Rejection.NothingDeposited => "The bank's deposit slip of the counted cash is missing: enter it, or close without it and give the reason.",
        Rejection.PeriodNotClosed => "Only a closed period is corrected: in the open one, settle the case or count again.",
        Rejection.NoSurgeStepDue => "The surge plan asks for nothing now: the line has changed, or it was written down already.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
