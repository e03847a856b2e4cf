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
        if (settle.Found is { } found)
        {
            if (known.Kind != CaseKind.CashInDoubt || !known.InDoubt.IsZero || !Amounts.Fits(ledger, found)) return AmountNotAllowed;
            known = known with { InDoubt = found };
        }

        if (!Possible(known, settle.Outcome)) return CaseOutcomeImpossible;

        bool Same(CaseProposal proposal) => proposal.Outcome == settle.Outcome && proposal.Found == settle.Found;
        if (NeedsTwo(ledger, known) && !(known.Proposal is { } first && first.By != settle.By && Same(first)))
        {
            // The same person saying the same again is no second person; another word replaces the first.
            return known.Proposal is { } mine && mine.By == settle.By && Same(mine)
                ? SecondPersonNeeded
                : new CaseProposed(known.Number, settle.Outcome, settle.Reason.Trim(), settle.By, settle.Found);
        }

        var there = settle.Outcome is CaseOutcome.Credited or CaseOutcome.Refunded ? known.InDoubt : ledger.Zero;
        return new CaseSettled(
            known.Number,
            settle.Outcome,
            settle.Reason.Trim(),
            settle.By,
            there,
            settle.Outcome is CaseOutcome.Credited or CaseOutcome.TakenBack ? known.Amount + there : ledger.Zero,
            settle.Outcome is CaseOutcome.Refunded ? known.Amount + there : ledger.Zero);
    }

    public static bool NeedsTwo(LedgerState ledger, PaymentCase known) =>
        Math.Max(Math.Abs(known.Amount.Minor), Math.Abs((known.Amount + known.InDoubt).Minor)) > ledger.Site.TwoPeopleAbove;

    /// <summary>Money that is there cannot be settled as if nothing had happened; credit without money is taken back, or the money found.</summary>
    public static bool Possible(PaymentCase known, CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Credited => known.Amount.Minor >= 0 ? Something(known) : known.Amount.Minor + known.InDoubt.Minor == 0,
        CaseOutcome.Refunded => known.Amount.Minor >= 0 && Something(known),
        CaseOutcome.NothingHappened => known.Amount.IsZero,
        CaseOutcome.TakenBack => known.Amount.Minor < 0,
        _ => false,
    };

    // A note of unknown value is settled with what was found, or with nothing.
    private static bool Something(PaymentCase known) => known.Amount.Minor + known.InDoubt.Minor > 0;
}
