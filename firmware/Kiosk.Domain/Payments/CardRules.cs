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
            payment => ledger.CardDoubt is null ? new CardSending(payment.Id, payment.Amount, ledger.CardReceipt, send.TerminalId) : CardLocked),
        ReportAuthorised authorised => Of(ledger, authorised.Id, payment => payment.CardPhase == CardPhase.Sending,
            payment => Decision.Of(new CardAuthorised(payment.Id, authorised.Card), new PostingQueued(payment.Id, payment.Amount))),
        DecideCard { Commit: true } decide => Of(ledger, decide.Id, payment => payment.CardPhase == CardPhase.Authorised && MayCommit(ledger, payment),
            payment => new CardCommitting(payment.Id)),
        DecideCard decide => Of(ledger, decide.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Unknown,
            payment => Decision.Of([new CardReversing(payment.Id, decide.Why), .. Withdrawal(payment)])),
        ReportCardPaid paid => Of(ledger, paid.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Committing or CardPhase.Unknown,
            payment => Pay(ledger, payment, paid.Card)),
        ReportCardNotPaid not => Of(ledger, not.Id, payment => payment.CardPhase is not (CardPhase.Paid or CardPhase.NotPaid or CardPhase.Reversed),
            payment => Decision.Of([new CardNotPaid(payment.Id, not.Reason, not.Code), .. Withdrawal(payment), .. End(payment, PaymentEnd.NotPaid)])),
        ReportCardReversed reversed => Of(ledger, reversed.Id, payment => payment.CardPhase is CardPhase.Reversing or CardPhase.Unknown or CardPhase.Authorised or CardPhase.Committing,
            payment => Decision.Of([new CardReversed(payment.Id), .. Withdrawal(payment), .. End(payment, PaymentEnd.NotPaid)])),
        ReportCardUnknown unknown => Of(ledger, unknown.Id, payment => payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Committing or CardPhase.Reversing,
            payment => new CardUnknown(payment.Id, unknown.Why)),
        OpenCardCase open => Of(ledger, open.Id, payment => payment.CardPhase == CardPhase.Unknown && payment.End is null, payment => Case(ledger, payment, open.Why)),
        KeepCardLines lines => Known(ledger, lines.Id) is { } payment ? new CardLines(payment.Id, lines.Kind, lines.Lines) : UnknownPayment,
        _ => throw new UnreachableException(),
    };

    // Once people have the case, what the terminal says later counts only through them: else it would be counted twice.
    private static Decision Of(LedgerState ledger, PaymentId id, Func<Payment, bool> may, Func<Payment, Decision> decide)
    {
        if (Known(ledger, id) is not { } payment) return UnknownPayment;
        return payment.End is null && may(payment) ? decide(payment) : PaymentElsewhere;
    }

    private static Payment? Known(LedgerState ledger, PaymentId id) => ledger.Payments.TryGetValue(id, out var payment) && payment.Means == PayMeans.Card ? payment : null;

    // The biller has it; or it has not said no, and the hall posts later.
    private static bool MayCommit(LedgerState ledger, Payment payment) =>
        payment.Posting == PostingPhase.Confirmed || (payment.Posting is PostingPhase.Queued or PostingPhase.Sending && ledger.Site.Card?.PostLater == true);

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
            facts.Add(new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, payment.Amount, number));
            return Decision.Of([.. facts, .. End(payment, PaymentEnd.Case)]);
        }

        facts.Add(new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Payment, payment.Id, payment.Amount, null));
        return Decision.Of([.. facts, .. End(payment, PaymentEnd.Paid)]);
    }

    // The case takes over what the biller has credited for good. What it has not credited yet, or is to forget, it must not credit on top of what people decide.
    private static Decision Case(LedgerState ledger, Payment payment, string why)
    {
        var number = ledger.LastCase + 1;
        var credited = payment.Posting == PostingPhase.Confirmed ? payment.Balance : ledger.Zero;
        return Decision.Of([
            .. payment.Posting is PostingPhase.Queued or PostingPhase.Sending ? Withdrawal(payment) : [],
            new CaseOpened(number, CaseKind.CardUnknown, payment.Id, ledger.Site.Card?.Device, credited, payment.Amount, why),
            new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, ledger.Zero, number),
            .. End(payment, PaymentEnd.Case)]);
    }

    /// <summary>What the biller must not credit, or not any more.</summary>
    internal static ImmutableArray<HallEvent> Withdrawal(Payment payment) =>
        payment.Posting is PostingPhase.Queued or PostingPhase.Sending or PostingPhase.Confirmed ? [new PostingWithdrawing(payment.Id)] : [];

    private static ImmutableArray<HallEvent> End(Payment payment, PaymentEnd end) => payment.End is null ? [new PaymentEnded(payment.Id, end, "")] : [];
}
