using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>One payment at a time at the terminal, from the customer's word to the receipt.</summary>
internal static class PaymentRules
{
    public static Decision Begin(LedgerState ledger, BeginPayment begin)
    {
        if (ledger.Site.Biller(begin.Biller) is not { } biller) return UnknownBiller;
        if (begin.Means == PayMeans.Card ? ledger.Site.Card is null : ledger.Site.Cash is null) return MeansNotOffered;
        if (begin.Amount.Currency != ledger.Currency || begin.Due.Currency != ledger.Currency) return AmountNotAllowed;
        if (begin.Amount.Minor <= 0 || begin.Amount.Minor < biller.Least || begin.Amount.Minor > biller.Most) return AmountNotAllowed;
        if (begin.Means == PayMeans.Cash && begin.Amount.Minor > ledger.Site.Cash!.Most) return AmountNotAllowed;
        if (ledger.Current is not null) return TerminalBusy;
        if (begin.Means == PayMeans.Card && ledger.CardDoubt is not null) return CardLocked;

        // The id is the biller's idempotency key: a second payment under it would be taken for the first.
        return ledger.Find(begin.Id) is not null || ledger.ReceiptsOf(begin.Id).Any()
            ? PaymentElsewhere
            : new PaymentBegun(begin.Id, begin.Biller, begin.Bill, begin.Account, begin.Name, begin.Due, begin.Amount, begin.Means, begin.Language);
    }

    public static Decision Stop(LedgerState ledger, StopPayment stop)
    {
        if (ledger.AtTerminal is not { } payment || payment.Id != stop.Id) return UnknownPayment;
        if (payment.CardPhase != CardPhase.None || payment.Posting != PostingPhase.None) return Committed;

        // A note on its way into the box is counted first; only after a restart, or a lost link, is its device perhaps away for long.
        if (stop.Why is not ("restart" or "acceptor-away") && ledger.Boxes.Values.Any(box => box.StackingFor == payment.Id)) return NoteMoving;
        if (payment.Accepted.IsZero) return new PaymentEnded(payment.Id, PaymentEnd.Stopped, stop.Why);

        var (number, claim) = (ledger.LastCase + 1, payment.Balance);
        return Decision.Of(
            new CaseOpened(number, CaseKind.Stopped, payment.Id, null, claim, ledger.Zero, $"stopped ({stop.Why}) after cash was taken"),
            new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, claim, number),
            new PaymentEnded(payment.Id, PaymentEnd.Stopped, stop.Why));
    }
}
