using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class CaseFold
{
    public static LedgerState Open(LedgerState ledger, CaseOpened opened, DateTimeOffset at)
    {
        var next = ledger with
        {
            LastCase = opened.Case,
            Cases = ledger.Cases.SetItem(opened.Case, new(opened.Case, opened.Kind, opened.Payment, opened.Device, opened.Amount, opened.InDoubt, opened.Detail, at)),
        };
        return opened.Payment is { } id ? next.Change(id, payment => payment with { InCases = payment.InCases + opened.Amount }) : next;
    }

    public static LedgerState Settle(LedgerState ledger, CaseSettled settled)
    {
        var known = ledger.Cases[settled.Case];
        var next = (ledger with { Cases = ledger.Cases.Remove(settled.Case) }).Sum(sums => sums with
        {
            Accepted = sums.Accepted + settled.Accepted,
            CardAccepted = known.Kind == CaseKind.CardUnknown ? sums.CardAccepted + settled.Accepted : sums.CardAccepted,
            CardCount = known.Kind == CaseKind.CardUnknown && !settled.Accepted.IsZero ? sums.CardCount + 1 : sums.CardCount,
            CashAccepted = known.Kind == CaseKind.CardUnknown ? sums.CashAccepted : sums.CashAccepted + settled.Accepted,
            Credited = sums.Credited + settled.Credited,
            Returned = sums.Returned + settled.Returned,
        });
        return known is { Kind: CaseKind.CardUnknown, Payment: { } id }
            ? next.Change(id, payment => payment with { CardPhase = settled.Accepted.IsZero ? CardPhase.NotPaid : CardPhase.Paid })
            : next;
    }
}
