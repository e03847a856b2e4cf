using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>A card is charged once, and what nobody knows is neither repeated nor forgotten.</summary>
internal static class CardRules
{
    public static Decision Decide(LedgerState ledger, LedgerCommand command) => command switch
    {
        SendCard send => Of(ledger, send.Id, payment => payment.CardPhase == CardPhase.None && ledger.Current == payment.Id,
            payment => new CardSending(payment.Id, payment.Amount, ledger.CardReceipt, send.TerminalId)),
        ReportAuthorised authorised => Of(ledger, authorised.Id, payment => payment.CardPhase == CardPhase.Sending,
            payment => Decision.Of(new CardAuthorised(payment.Id, authorised.Card), new PostingQueued(payment.Id, payment.Amount))),
        DecideCard { Commit: true } decide => Of(ledger, decide.Id, payment => payment.CardPhase == CardPhase.Authorised && payment.Posting is not PostingPhase.Refused,
            payment => new CardCommitting(payment.Id)),
        DecideCard decide => Of(ledger, decide.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Unknown,
            payment => Decision.Of([new CardReversing(payment.Id, decide.Why), .. Withdrawal(payment)])),
        ReportCardPaid paid => Of(ledger, paid.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Committing or CardPhase.Unknown,
            payment => Pay(ledger, payment, paid.Card)),
        ReportCardNotPaid not => Of(ledger, not.Id, payment => payment.CardPhase is not (CardPhase.Paid or CardPhase.NotPaid or CardPhase.Reversed),
            payment => Decision.Of([new CardNotPaid(payment.Id, not.Reason, not.Code), .. Withdrawal(payment), .. End(payment, PaymentEnd.NotPaid)])),
        ReportCardReversed reversed => Of(ledger, reversed.Id, payment => payment.CardPhase is CardPhase.Reversing or CardPhase.Unknown or CardPhase.Authorised,
            payment => Decision.Of([new CardReversed(payment.Id), .. Withdrawal(payment), .. End(payment, PaymentEnd.NotPaid)])),
        ReportCardUnknown unknown => Of(ledger, unknown.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Committing or CardPhase.Reversing,
            payment => new CardUnknown(payment.Id, unknown.Why)),
        OpenCardCase open => Of(ledger, open.Id, payment => payment.CardPhase == CardPhase.Unknown && payment.End is null, payment => Case(ledger, payment, open.Why)),
        KeepCardLines lines => Of(ledger, lines.Id, _ => true, payment => new CardLines(payment.Id, lines.Kind, lines.Lines)),
        _ => throw new UnreachableException(),
    };

    private static Decision Of(LedgerState ledger, PaymentId id, Func<Payment, bool> may, Func<Payment, Decision> decide)
    {
        if (!ledger.Payments.TryGetValue(id, out var payment) || payment.Means != PayMeans.Card) return UnknownPayment;
        return may(payment) ? decide(payment) : PaymentElsewhere;
    }

    private static Decision Pay(LedgerState ledger, Payment payment, CardFacts card)
    {
        var facts = ImmutableArray.CreateBuilder<HallEvent>();
        facts.Add(new CardPaid(payment.Id, card, payment.Amount));

        // Charged, although the authorisation was never heard of: it is owed to the biller now.
        if (payment.Posting is PostingPhase.None) facts.Add(new PostingQueued(payment.Id, payment.Amount));
        if (payment.Posting is PostingPhase.Refused or PostingPhase.Withdrawing or PostingPhase.Withdrawn)
        {
            var number = ledger.LastCase + 1;
            facts.Add(new CaseOpened(number, CaseKind.BillerRefused, payment.Id, null, payment.Amount, ledger.Zero, "the card was charged, and the biller does not take it: refund"));
            if (payment.Claim is null) facts.Add(new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, payment.Amount, number));
            return Decision.Of([.. facts, .. End(payment, PaymentEnd.Case)]);
        }

        if (payment.Receipt is null) facts.Add(new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Payment, payment.Id, payment.Amount, null));
        return Decision.Of([.. facts, .. End(payment, PaymentEnd.Paid)]);
    }

    private static Decision Case(LedgerState ledger, Payment payment, string why)
    {
        var number = ledger.LastCase + 1;
        return Decision.Of([
            new CaseOpened(number, CaseKind.CardUnknown, payment.Id, ledger.Site.Card?.Device, payment.Balance, payment.Amount, why),
            new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, ledger.Zero, number),
            .. End(payment, PaymentEnd.Case)]);
    }

    /// <summary>What the biller must not credit, or not any more.</summary>
    internal static ImmutableArray<HallEvent> Withdrawal(Payment payment) =>
        payment.Posting is PostingPhase.Queued or PostingPhase.Sending or PostingPhase.Confirmed ? [new PostingWithdrawing(payment.Id)] : [];

    private static ImmutableArray<HallEvent> End(Payment payment, PaymentEnd end) => payment.End is null ? [new PaymentEnded(payment.Id, end, "")] : [];
}
