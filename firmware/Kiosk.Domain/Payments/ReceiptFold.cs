using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class ReceiptFold
{
    public static LedgerState Issue(LedgerState ledger, ReceiptIssued issued, DateTimeOffset at)
    {
        var open = issued.Payment is { } id ? ledger.Payments.GetValueOrDefault(id) : null;

        // In place of a void one, of a payment that was let go long ago: it tells what the void one told.
        var of = open ?? (issued.Payment is { } gone ? ledger.ReceiptsOf(gone).LastOrDefault()?.Of : null);
        var receipt = new Receipt(issued.Receipt, issued.Kind, issued.Payment, issued.Amount, issued.Case, at, 0, null) { Of = of is null ? null : Numbered(of, issued) };
        var next = (ledger with { LastReceipt = issued.Receipt, Receipts = ledger.Receipts.SetItem(issued.Receipt, receipt) }).Sum(sums => sums with
        {
            FirstReceipt = sums.FirstReceipt == 0 ? issued.Receipt : sums.FirstReceipt,
            Receipts = sums.Receipts + 1,
            OnReceipts = sums.OnReceipts + issued.Amount,

            // Cash that belongs to no payment is on a slip only where somebody stood there who could have it.
            ToReceipt = ForUnowned(ledger, issued) ? sums.ToReceipt + issued.Amount : sums.ToReceipt,
        });
        if (open is not null) return next.Change(open.Id, payment => Numbered(payment, issued));
        return next with { Recent = next.Recent.ConvertAll(payment => payment.Id == issued.Payment ? Numbered(payment, issued) : payment) };
    }

    private static bool ForUnowned(LedgerState ledger, ReceiptIssued issued) =>
        issued.Case is { } number && ledger.Cases.GetValueOrDefault(number)?.Kind == CaseKind.CashUnowned && ledger.Receipts.Values.All(receipt => receipt.Case != number);

    private static Payment Numbered(Payment payment, ReceiptIssued issued) =>
        issued.Kind == ReceiptKind.Payment ? payment with { Receipt = issued.Receipt } : payment with { Claim = issued.Receipt };

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
