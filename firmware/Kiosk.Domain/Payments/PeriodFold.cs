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
        [.. ledger.Receipts.Values.Where(OnTheWay)]);

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
        return ledger with { Totals = LedgerTotals.Zero(site.Currency, ledger.UnderWay + ledger.InCases) };
    }

    private static bool OnTheWay(Receipt receipt) => receipt.Phase is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted;
}
