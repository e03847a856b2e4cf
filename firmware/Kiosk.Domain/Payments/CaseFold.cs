using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class CaseFold
{
    public static LedgerState Open(LedgerState ledger, CaseOpened opened, DateTimeOffset at)
    {
        var biller = opened.Payment is { } of ? ledger.Find(of)?.Biller : null;
        var opening = new PaymentCase(opened.Case, opened.Kind, opened.Payment, opened.Device, opened.Amount, opened.InDoubt, opened.Detail, at) { Biller = biller };
        var next = ledger with { LastCase = opened.Case, Cases = ledger.Cases.SetItem(opened.Case, opening) };
        if (opened.Payment is { } id) next = next.Change(id, payment => payment with { InCases = payment.InCases + opened.Amount });
        return opened switch
        {
            { Kind: CaseKind.CashInDoubt, Device: { } device } => CashFold.Doubt(next, opened.Case, device, opened.InDoubt.Minor),
            { Kind: CaseKind.Overpaid, Payment: { } payment } => next.Sum(sums => sums with { ToReceipt = sums.ToReceipt + opened.Amount })
                .Change(payment, known => known with { Overpaid = opened.Amount }),
            { Kind: CaseKind.CashUnowned } => next with { Unowned = ledger.Unowned - opened.Amount.Minor },
            _ => next,
        };
    }

    public static LedgerState Settle(LedgerState ledger, CaseSettled settled)
    {
        var known = ledger.Cases[settled.Case];
        var next = (ledger with { Cases = ledger.Cases.Remove(settled.Case) }).Sum(sums => sums with
        {
            Accepted = sums.Accepted + settled.Accepted,
            Credited = sums.Credited + settled.Credited,
            Returned = sums.Returned + settled.Returned,
            Confirmed = settled.Outcome == CaseOutcome.TakenBack && known.Biller is { } biller ? LedgerFold.Added(sums.Confirmed, biller, known.Amount, -1) : sums.Confirmed,
        });
        return known switch
        {
            { Kind: CaseKind.CardUnknown, Payment: { } id } => Card(next, id, settled.Accepted),
            { Kind: CaseKind.CashInDoubt } => CashFold.Settle(next, settled),
            _ => next,
        };
    }

    private static LedgerState Card(LedgerState ledger, PaymentId id, Money accepted)
    {
        var totalled = ledger.Payments.GetValueOrDefault(id)?.CardTotalled;
        return (accepted.IsZero ? ledger : ledger.Sum(sums => CardFold.Charged(sums, accepted, totalled, ledger.Period)))
            .Change(id, payment => payment with { CardPhase = accepted.IsZero ? CardPhase.NotPaid : CardPhase.Paid });
    }
}
