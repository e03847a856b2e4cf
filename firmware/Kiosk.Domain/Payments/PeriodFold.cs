using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Payments;

/// <summary>Closing the books: what is open goes on into the next period, everything else stays behind.</summary>
internal static class PeriodFold
{
    public static BroughtForward Forward(LedgerState ledger) => new(
        ledger.LastReceipt,
        ledger.LastCase,
        ledger.LastPosting,
        ledger.CardReceipt,
        [.. ledger.Payments.Values.OrderBy(payment => payment.BegunAt).ThenBy(payment => payment.Id.Value, StringComparer.Ordinal)],
        [.. ledger.Cases.Values],
        [.. ledger.Boxes.Values],
        [.. ledger.Receipts.Values.Where(OnTheWay)],
        ledger.Totals.CardSinceTotals == 0 ? null : new CountedSum(ledger.Totals.CardSinceTotals, ledger.Totals.CardSince),
        Undeposited(ledger.Totals) is { IsZero: false } cash ? cash : null);

    // A difference to the bank's slip is settled with its period; cash without any slip waits for one.
    private static Money Undeposited(LedgerTotals totals) =>
        totals.DepositSlips.IsEmpty ? totals.CashForward + totals.CashCounted : Money.Zero(totals.Deposited.Currency);

    /// <summary>The same whether the older entries were read or not.</summary>
    public static LedgerState Close(LedgerState ledger, HallEvent.PeriodClosed closed) => Open(ledger.Site, closed.Period + 1, closed.Forward);

    private static LedgerState Open(PaymentsProfile site, int period, BroughtForward forward)
    {
        var ledger = LedgerState.For(site) with
        {
            Period = period,
            Payments = forward.Payments.ToImmutableDictionary(payment => payment.Id),
            Cases = forward.Cases.ToImmutableSortedDictionary(one => one.Number, one => one),
            Boxes = forward.Boxes.ToImmutableSortedDictionary(box => box.Device, box => box, StringComparer.Ordinal),
            Receipts = forward.Receipts.ToImmutableSortedDictionary(receipt => receipt.Number, receipt => receipt),
            LastReceipt = forward.LastReceipt,
            LastCase = forward.LastCase,
            LastPosting = forward.LastPosting,
            CardReceipt = forward.CardReceipt,
        };
        var card = forward.CardUntotalled ?? new(0, ledger.Zero);
        return ledger with
        {
            Totals = LedgerTotals.Zero(site.Currency, ledger.UnderWay + ledger.InCases) with
            {
                CardForward = card,
                CardSinceTotals = card.Count,
                CardSince = card.Total,
                CashForward = forward.Undeposited ?? ledger.Zero,
            },
        };
    }

    private static bool OnTheWay(Receipt receipt) => receipt.Phase is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted;
}
