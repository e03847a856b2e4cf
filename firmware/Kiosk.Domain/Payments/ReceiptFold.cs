using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class ReceiptFold
{
    public static LedgerState Issue(LedgerState ledger, ReceiptIssued issued, DateTimeOffset at)
    {
        // In place of a void one the payment may be concluded long since: the void one knows it.
        var of = issued.Payment is { } id ? ledger.Payments.GetValueOrDefault(id) ?? ledger.ReceiptsOf(id).LastOrDefault()?.Of : null;
        var receipt = new Receipt(issued.Receipt, issued.Kind, issued.Payment, issued.Amount, issued.Case, at, 0, null) { Of = of };
        var next = (ledger with { LastReceipt = issued.Receipt, Receipts = ledger.Receipts.SetItem(issued.Receipt, receipt) }).Sum(sums => sums with
        {
            FirstReceipt = sums.FirstReceipt == 0 ? issued.Receipt : sums.FirstReceipt,
            Receipts = sums.Receipts + 1,
            OnReceipts = sums.OnReceipts + issued.Amount,
        });
        return of is null ? next : next.Change(of.Id, payment => issued.Kind == ReceiptKind.Payment ? payment with { Receipt = issued.Receipt } : payment with { Claim = issued.Receipt });
    }

    public static LedgerState Void(LedgerState ledger, ReceiptVoided voided)
    {
        var receipt = ledger.Receipts[voided.Receipt];
        return (ledger with { Receipts = ledger.Receipts.SetItem(voided.Receipt, receipt with { VoidReason = voided.Reason, Phase = Dropped(receipt.Phase) }) })
            .Sum(sums => sums with { VoidReceipts = sums.VoidReceipts + 1, OnReceipts = sums.OnReceipts - receipt.Amount });
    }

    public static LedgerState Print(LedgerState ledger, ReceiptPrinting printing) => ledger.Receipts.TryGetValue(printing.Receipt, out var receipt)
        ? ledger with { Receipts = ledger.Receipts.SetItem(printing.Receipt, receipt with { Copy = printing.Copy, Phase = printing.Phase, Fault = printing.Fault }) }
        : ledger;

    // What still waited for paper is not printed any more.
    private static SlipPhase? Dropped(SlipPhase? phase) => phase == SlipPhase.Queued ? null : phase;
}
