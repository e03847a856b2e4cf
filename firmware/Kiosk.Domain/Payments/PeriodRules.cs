using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>Counting, the card terminal's totals, the bank's slip, and the closing of a period: once, for ever.</summary>
internal static class PeriodRules
{
    /// <summary>More pieces of one denomination are in no cash box.</summary>
    private const int MostPieces = 100_000;

    public static Decision Decide(LedgerState ledger, LedgerCommand command) => command switch
    {
        CountCash count => Count(ledger, count),
        TakeCardTotals totals => Totals(ledger, totals),
        StateBiller state when ledger.Site.Biller(state.Biller) is null => UnknownBiller,
        StateBiller state => state.Count >= 0 && Amounts.Fits(ledger, state.Total, -Amounts.Most) ? new BillerStated(state.Biller, state.Count, state.Total) : AmountNotAllowed,
        DepositCash deposit when !Amounts.Fits(ledger, deposit.Amount) => AmountNotAllowed,
        DepositCash deposit => new CashDeposited(deposit.Slip, deposit.Amount, deposit.By),
        ClosePeriod close => Close(ledger, close),
        CorrectLedger correct => Correct(ledger, correct),
        _ => throw new UnreachableException(),
    };

    // It has happened: also where an outcome was not known, which whoever starts an end of day asks before. The terminal's figures are told once.
    private static Decision Totals(LedgerState ledger, TakeCardTotals totals) => totals.Count >= 0 && Amounts.Fits(ledger, totals.Total, -Amounts.Most)
        ? new CardTotalsTaken(totals.Count, totals.Total, totals.FirstReceipt, totals.LastReceipt)
        : AmountNotAllowed;

    private static Decision Count(LedgerState ledger, CountCash count)
    {
        if (ledger.Site.Cash?.Devices.Contains(count.Device) != true && !ledger.Boxes.ContainsKey(count.Device)) return UnknownAcceptor;
        var box = ledger.Box(count.Device);
        if (box.Stacking is not null) return NoteMoving;
        if (!Possible(ledger, box, count.Piles)) return CountImpossible;

        // A box that the device did not see go is taken as taken out now.
        var facts = ImmutableArray.CreateBuilder<HallEvent>();
        if (box.Removed.Count == 0) facts.Add(new CashBoxRemoved(box.Device, box.Batch));
        var batch = box.Removed.Count == 0 ? new CashBatch(box.Batch, box.Content) : box.Removed.FirstOrDefault(removed => removed.Content.Count > 0) ?? box.Removed[0];
        var total = new Money(count.Piles.Sum(pile => pile.Value * pile.Count), ledger.Currency);
        facts.Add(new CashCounted(box.Device, batch.Number, count.Box, count.Piles, total, new(batch.Total, ledger.Currency), count.By));
        return Decision.Of(facts.ToImmutable());
    }

    // What the terminal takes, and what it took before its profile was changed.
    private static bool Possible(LedgerState ledger, CashBox box, IReadOnlyList<CashPile> piles)
    {
        var values = box.Content.Concat(box.Removed.SelectMany(batch => batch.Content)).Select(pile => pile.Value).Concat(box.Doubts.Select(doubt => doubt.Value)).Concat(ledger.Site.Cash?.Accept ?? []).ToHashSet();
        return piles.All(pile => pile.Count is >= 0 and <= MostPieces && values.Contains(pile.Value)) && piles.Select(pile => pile.Value).Distinct().Count() == piles.Count;
    }

    private static Decision Close(LedgerState ledger, ClosePeriod close)
    {
        if (ledger.Current is not null || ledger.Boxes.Values.Any(box => box.Stacking is not null)) return PaymentUnderWay;
        if (ledger.Boxes.Values.Any(box => box.Content.Count > 0 || box.Removed.Any(batch => batch.Content.Count > 0))) return CashNotCounted;
        if (ledger.Site.Card is not null && !close.Without.Contains("card"))
        {
            if (ledger.CardDoubt is not null) return CardLocked;
            if (ledger.Totals.CardSinceTotals > 0) return CardNotTotalled;
        }

        if (!close.Without.Contains("biller") && ledger.Site.Billers.Any(biller => ledger.Totals.Confirmed.ContainsKey(biller.Id) && !ledger.Totals.Stated.ContainsKey(biller.Id))) return BillerNotStated;
        if (!close.Without.Contains("bank") && ledger.Totals.CashForward + ledger.Totals.CashCounted > ledger.Zero && ledger.Totals.DepositSlips.IsEmpty) return NothingDeposited;

        var lines = Settlement.Lines(ledger);
        var difference = Settlement.Unexplained(lines, ledger.Zero);

        // A line of which nobody said anything agrees only where there was nothing to say.
        var smooth = close.Without.Count == 0 && lines.All(line => line.Agrees && (line.Other is not null || line.Ledger.IsZero));
        if (!smooth && !Reason.IsGood(close.Reason)) return ReasonNeeded;
        return new PeriodClosed(ledger.Period, lines, difference, close.Reason.Trim(), close.By, PeriodFold.Forward(ledger));
    }

    private static Decision Correct(LedgerState ledger, CorrectLedger correct)
    {
        if (correct.Period < 1 || correct.Period >= ledger.Period) return PeriodNotClosed;
        if (correct.Amount.IsZero || !Amounts.Fits(ledger, correct.Amount, -Amounts.Most)) return AmountNotAllowed;
        return Reason.IsGood(correct.Reason) ? new LedgerCorrected(correct.Period, correct.Account, correct.Amount, correct.Reason.Trim(), correct.By) : ReasonNeeded;
    }
}
