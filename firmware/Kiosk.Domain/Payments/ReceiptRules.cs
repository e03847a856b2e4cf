using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>Numbers without a gap; one original of each, everything after it is a COPY.</summary>
internal static class ReceiptRules
{
    public static Decision Decide(LedgerState ledger, LedgerCommand command) => command switch
    {
        PrintReceipt print => Of(ledger, print.Receipt, Print),
        SendReceipt send => Of(ledger, send.Receipt, receipt => receipt.Phase == SlipPhase.Queued && receipt.Copy == send.Copy && receipt.VoidReason is null
            ? new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Sending)
            : UnknownSlip),
        ReportReceipt report => Of(ledger, report.Receipt, receipt => receipt.Copy == report.Copy ? Report(receipt, report) : UnknownSlip),
        VoidReceipt made => Of(ledger, made.Receipt, receipt => Void(ledger, receipt, made)),
        _ => throw new UnreachableException(),
    };

    private static Decision Of(LedgerState ledger, int number, Func<Receipt, Decision> decide) =>
        ledger.Receipts.TryGetValue(number, out var receipt) ? decide(receipt) : UnknownReceipt;

    private static Decision Print(Receipt receipt)
    {
        if (receipt.VoidReason is not null) return ReceiptVoid;
        return receipt.Phase switch
        {
            SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted => ReceiptPending,
            null => new ReceiptPrinting(receipt.Number, 0, SlipPhase.Queued),
            _ => new ReceiptPrinting(receipt.Number, receipt.Copy + 1, SlipPhase.Queued),
        };
    }

    private static Decision Report(Receipt receipt, ReportReceipt report) => (report.Report, receipt.Phase) switch
    {
        (_, not (SlipPhase.Sending or SlipPhase.Halted)) => UnknownSlip,
        (SlipReport.Printed, _) => new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Printed),
        (SlipReport.Presumed, _) => new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Presumed),
        (SlipReport.InDoubt, _) => new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.InDoubt),
        (SlipReport.NotSent, SlipPhase.Sending) => new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Queued),
        (SlipReport.Halted, SlipPhase.Sending) => new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Halted, report.Fault ?? ""),
        (SlipReport.Cleared, SlipPhase.Halted) => Decision.Of(
            new ReceiptPrinting(receipt.Number, receipt.Copy, SlipPhase.Replaced),
            new ReceiptPrinting(receipt.Number, receipt.Copy + 1, SlipPhase.Queued)),
        _ => UnknownSlip,
    };

    // A void receipt keeps its number; what it stood for gets a new one.
    private static Decision Void(LedgerState ledger, Receipt receipt, VoidReceipt made)
    {
        if (receipt.VoidReason is not null) return ReceiptVoid;
        if (receipt.Phase is SlipPhase.Sending or SlipPhase.Halted) return ReceiptPending;
        if (!Reason.IsGood(made.Reason)) return ReasonNeeded;
        return Decision.Of(
            new ReceiptVoided(receipt.Number, made.Reason.Trim(), made.By),
            new ReceiptIssued(ledger.LastReceipt + 1, receipt.Kind, receipt.Payment, receipt.Amount, receipt.Case));
    }
}
