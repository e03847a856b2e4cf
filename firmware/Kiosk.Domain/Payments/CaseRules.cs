using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>People settle what the terminal cannot know: with a reason, above a limit two of them, and always so that the ledger adds up.</summary>
public static class CaseRules
{
    internal static Decision Settle(LedgerState ledger, SettleCase settle)
    {
        if (!ledger.Cases.TryGetValue(settle.Case, out var known)) return UnknownCase;
        if (!Reason.IsGood(settle.Reason)) return ReasonNeeded;
        if (!Possible(known, settle.Outcome)) return CaseOutcomeImpossible;

        if (NeedsTwo(ledger, known) && !(known.Proposal is { } first && first.By != settle.By && first.Outcome == settle.Outcome))
        {
            // The same person saying the same again is no second person; another word replaces the first.
            return known.Proposal is { } mine && mine.By == settle.By && mine.Outcome == settle.Outcome
                ? SecondPersonNeeded
                : new CaseProposed(known.Number, settle.Outcome, settle.Reason.Trim(), settle.By);
        }

        var there = settle.Outcome is CaseOutcome.Credited or CaseOutcome.Refunded ? known.InDoubt : ledger.Zero;
        var settled = new CaseSettled(
            known.Number,
            settle.Outcome,
            settle.Reason.Trim(),
            settle.By,
            there,
            settle.Outcome is CaseOutcome.Credited or CaseOutcome.TakenBack ? known.Amount + there : ledger.Zero,
            settle.Outcome is CaseOutcome.Refunded ? known.Amount + there : ledger.Zero);
        return Decision.Of([settled, .. Posting(ledger, known)]);
    }

    public static bool NeedsTwo(LedgerState ledger, PaymentCase known) =>
        Math.Max(Math.Abs(known.Amount.Minor), Math.Abs((known.Amount + known.InDoubt).Minor)) > ledger.Site.TwoPeopleAbove;

    /// <summary>Money that is there cannot be settled as if nothing had happened; credit without money is taken back, or the money found.</summary>
    public static bool Possible(PaymentCase known, CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Credited => known.Amount.Minor >= 0 || known.Amount.Minor + known.InDoubt.Minor == 0,
        CaseOutcome.Refunded => known.Amount.Minor >= 0 && known.Amount.Minor + known.InDoubt.Minor >= 0,
        CaseOutcome.NothingHappened => known.Amount.IsZero,
        CaseOutcome.TakenBack => known.Amount.Minor < 0,
        _ => false,
    };

    // What still waited for the card's word is settled by people now: the biller must not credit it on top.
    private static ImmutableArray<HallEvent> Posting(LedgerState ledger, PaymentCase known) =>
        known is { Kind: CaseKind.CardUnknown, Payment: { } id } && ledger.Payments.TryGetValue(id, out var payment) && payment.Posting is PostingPhase.Queued or PostingPhase.Sending
            ? [new PostingWithdrawing(payment.Id)]
            : [];
}
