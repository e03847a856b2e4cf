using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>What the biller is told, and what it says: once each.</summary>
internal static class PostingRules
{
    public static Decision Decide(LedgerState ledger, LedgerCommand command) => command switch
    {
        SendPosting send => Of(ledger, send.Id, PostingPhase.Queued, payment => Settled(payment) ? new PostingSending(payment.Id) : PaymentElsewhere),
        ConfirmPosting confirm => Of(ledger, confirm.Id, PostingPhase.Sending, payment => Confirm(ledger, payment, confirm.Number)),
        RefusePosting refuse => Of(ledger, refuse.Id, PostingPhase.Sending, payment => Refuse(ledger, payment, refuse.Reason)),
        EndWithdrawal { Forgotten: true } end => Of(ledger, end.Id, PostingPhase.Withdrawing, payment => new PostingWithdrawn(payment.Id)),
        EndWithdrawal end => Of(ledger, end.Id, PostingPhase.Withdrawing, payment => Kept(ledger, payment, end.Number)),
        HallCommand.PostLater later => ledger.AtTerminal is { Means: PayMeans.Cash, Posting: PostingPhase.Queued or PostingPhase.Sending } payment && payment.Id == later.Id
            ? Decision.Of(Receipt(ledger, payment), new PaymentEnded(payment.Id, PaymentEnd.Paid, ""))
            : PaymentElsewhere,
        _ => throw new UnreachableException(),
    };

    // Nothing is credited while nobody knows whether the card is charged.
    private static bool Settled(Payment payment) => payment.Means == PayMeans.Cash || payment.CardPhase is CardPhase.Authorised or CardPhase.Committing or CardPhase.Paid;

    private static Decision Of(LedgerState ledger, PaymentId id, PostingPhase phase, Func<Payment, Decision> decide)
    {
        if (!ledger.Payments.TryGetValue(id, out var payment)) return UnknownPayment;
        return payment.Posting == phase ? decide(payment) : PaymentElsewhere;
    }

    // Cash is the customer's part done: with the biller's word the receipt is due. A card is still to be committed.
    private static Decision Confirm(LedgerState ledger, Payment payment, string number)
    {
        var confirmed = new PostingConfirmed(payment.Id, payment.ToPost!.Value, number);
        return payment is { Means: PayMeans.Cash, End: null }
            ? Decision.Of(confirmed, Receipt(ledger, payment), new PaymentEnded(payment.Id, PaymentEnd.Paid, ""))
            : confirmed;
    }

    private static Decision Refuse(LedgerState ledger, Payment payment, string reason)
    {
        var refused = new PostingRefused(payment.Id, payment.ToPost!.Value, reason);

        // A card that is not committed yet is reversed, and nobody has lost anything.
        if (payment is { Means: PayMeans.Card, CardPhase: not CardPhase.Paid }) return refused;

        var number = ledger.LastCase + 1;
        var opened = new CaseOpened(number, CaseKind.BillerRefused, payment.Id, null, payment.ToPost!.Value, ledger.Zero, $"the biller refused: {reason}");
        return payment.End is not null
            ? Decision.Of(refused, opened)
            : Decision.Of(
                refused,
                opened,
                new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, payment.ToPost.Value, number),
                new PaymentEnded(payment.Id, PaymentEnd.Case, ""));
    }

    // The biller has credited what it was told to forget, and keeps it so. The money may be found elsewhere: that is in doubt.
    private static Decision Kept(LedgerState ledger, Payment payment, string number)
    {
        var amount = payment.ToPost!.Value;
        var confirmed = new PostingConfirmed(payment.Id, payment.Credited.IsZero ? amount : ledger.Zero, number.Length > 0 ? number : payment.BillerNumber ?? "");

        // While the card's outcome is open it may still be paid: then all is well. If it is not, the posting is withdrawn again.
        if (payment.End is null) return confirmed;
        var opened = new CaseOpened(ledger.LastCase + 1, CaseKind.CreditedNotPaid, payment.Id, null, ledger.Zero - amount, amount, "the biller has credited this although it was withdrawn, and does not take it back");
        return Decision.Of(opened, confirmed);
    }

    private static ReceiptIssued Receipt(LedgerState ledger, Payment payment) =>
        new(ledger.LastReceipt + 1, ReceiptKind.Payment, payment.Id, payment.ToPost!.Value, null);
}
