using System.Diagnostics;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Payments;

/// <summary>Every note and coin is counted once, whatever it belongs to.</summary>
internal static class CashRules
{
    public static Decision Decide(LedgerState ledger, LedgerCommand command) => command switch
    {
        EscrowCash escrow => Escrow(ledger, escrow),
        CreditCash credit => Credit(ledger, credit),
        MarkCash mark => Known(ledger, mark.Device) ? new CashMarked(mark.Device, mark.Mark) : UnknownAcceptor,
        ReturnCash back => Known(ledger, back.Device) ? new CashReturned(Taking(ledger)?.Id, back.Device, back.Value) : UnknownAcceptor,
        DoubtCash doubt => Doubt(ledger, doubt),
        RemoveCashBox remove when Known(ledger, remove.Device) => ledger.Box(remove.Device) is { Out: true } ? CountedBefore : new CashBoxRemoved(remove.Device, ledger.Box(remove.Device).Batch),
        RemoveCashBox => UnknownAcceptor,
        InsertCashBox insert => Known(ledger, insert.Device) ? new CashBoxInserted(insert.Device, ledger.Box(insert.Device).Batch) : UnknownAcceptor,
        FinishCash finish => Finish(ledger, finish),
        _ => throw new UnreachableException(),
    };

    private static bool Known(LedgerState ledger, string device) => ledger.Site.Cash?.Devices.Contains(device) == true || ledger.Boxes.ContainsKey(device);

    /// <summary>The payment that takes cash now, or null.</summary>
    private static Payment? Taking(LedgerState ledger) =>
        ledger.AtTerminal is { Means: PayMeans.Cash, End: null, Posting: PostingPhase.None } payment ? payment : null;

    /// <summary>Cash that comes now is put in by a customer who has said that it is all.</summary>
    private static bool TooLate(LedgerState ledger, CashBox box) =>
        ledger.AtTerminal is { Means: PayMeans.Cash, End: null, Posting: not PostingPhase.None } payment && (box.StackingFor is null || box.StackingFor == payment.Id);

    private static Decision Escrow(LedgerState ledger, EscrowCash escrow)
    {
        if (!Known(ledger, escrow.Device)) return UnknownAcceptor;
        var payment = Taking(ledger);
        var waits = new CashEscrowed(payment?.Id, escrow.Device, escrow.Value);
        return WhyNot(ledger, payment, escrow) is { } why
            ? Decision.Of(waits, new CashReturning(payment?.Id, escrow.Device, escrow.Value, why))
            : Decision.Of(waits, new CashStacking(payment!.Id, escrow.Device, escrow.Value));
    }

    private static string? WhyNot(LedgerState ledger, Payment? payment, EscrowCash escrow)
    {
        if (payment is null) return "no-payment";

        // The profile may have changed since the payment began.
        if (ledger.Site.Cash is not { } cash || escrow.Value.Currency != ledger.Currency || !cash.Accept.Contains(escrow.Value.Minor)) return "not-accepted";

        // What is on its way in another acceptor counts as well; in this one it can only be the same note, asked about again.
        var moving = ledger.Boxes.Values.Where(box => box.StackingFor == payment.Id && box.Device != escrow.Device).Aggregate(ledger.Zero, (sum, box) => sum + box.Stacking!.Value);
        var (before, after) = (payment.Accepted + moving, payment.Accepted + moving + escrow.Value);
        var most = Math.Min(cash.Most, ledger.Site.Biller(payment.Biller)?.Most ?? cash.Most);
        return before >= payment.Amount || after.Minor > most ? "too-much" : null;
    }

    private static Decision Credit(LedgerState ledger, CreditCash credit)
    {
        if (!Known(ledger, credit.Device)) return UnknownAcceptor;
        if (!Amounts.Fits(ledger, credit.Value)) return AmountNotAllowed;
        var box = ledger.Box(credit.Device);
        if (box.Marks.Contains(credit.Mark)) return CountedBefore;

        var payment = Taking(ledger);
        var owned = payment is not null && (box.StackingFor is null || box.StackingFor == payment.Id);
        var fact = new CashCredited(owned ? payment!.Id : null, credit.Device, credit.Value, credit.Mark, box.Batch);
        if (owned) return fact;

        var number = ledger.LastCase + 1;
        CaseOpened Unowned(string why) => new(number, CaseKind.CashUnowned, null, credit.Device, credit.Value, ledger.Zero, why);
        if (TooLate(ledger, box))
        {
            return Decision.Of(
                fact,
                Unowned($"came after the customer of payment {ledger.Current} had finished"),
                new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, ledger.Current, credit.Value, number));
        }

        return Decision.Of(fact, Unowned(box.StackingFor is { } id ? $"came after the end of payment {id}" : "came while no payment was under way"));
    }

    private static Decision Doubt(LedgerState ledger, DoubtCash doubt)
    {
        if (!Known(ledger, doubt.Device)) return UnknownAcceptor;
        var box = ledger.Box(doubt.Device);
        var id = box.StackingFor ?? Taking(ledger)?.Id;
        var about = id is null ? doubt.Why : $"payment {id}: {doubt.Why}";

        // The journal knows what was being stacked, also where the device has forgotten it.
        var value = doubt.Value is { } told && Amounts.Fits(ledger, told) ? told : box.Stacking;
        return Decision.Of(
            new CashInDoubt(id, doubt.Device, value, doubt.Why),
            new CaseOpened(ledger.LastCase + 1, CaseKind.CashInDoubt, null, doubt.Device, ledger.Zero, value ?? ledger.Zero, about),
            new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, id, ledger.Zero, ledger.LastCase + 1));
    }

    private static Decision Finish(LedgerState ledger, FinishCash finish)
    {
        if (ledger.AtTerminal is not { Means: PayMeans.Cash } payment || payment.Id != finish.Id) return UnknownPayment;
        if (payment.Posting != PostingPhase.None) return PaymentElsewhere;
        if (ledger.Boxes.Values.Any(box => box.StackingFor == payment.Id)) return NoteMoving;
        if (payment.Accepted.IsZero) return NothingPaidIn;
        if (payment.Accepted.Minor < (ledger.Site.Biller(payment.Biller)?.Least ?? 0)) return AmountNotAllowed;

        var over = payment.Accepted - payment.Amount;
        if (over <= ledger.Zero || ledger.Site.Cash?.Overpaid != Overpaid.Claim) return new PostingQueued(payment.Id, payment.Accepted);
        return Decision.Of(
            new PostingQueued(payment.Id, payment.Amount),
            new CaseOpened(ledger.LastCase + 1, CaseKind.Overpaid, payment.Id, null, over, ledger.Zero, "cash above the amount: to be paid back"),
            new ReceiptIssued(ledger.LastReceipt + 1, ReceiptKind.Claim, payment.Id, over, ledger.LastCase + 1));
    }
}
