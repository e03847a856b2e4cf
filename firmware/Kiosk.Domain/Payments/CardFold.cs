using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class CardFold
{
    public static LedgerState Evolve(LedgerState ledger, LedgerEntry entry) => entry switch
    {
        CardSending sending => ledger.Change(sending.Payment, payment => payment with { CardPhase = CardPhase.Sending, CardBefore = sending.Before, CardTerminal = sending.TerminalId }),
        CardAuthorised authorised => Seen(ledger, authorised.Card).Change(authorised.Payment, payment => payment with { CardPhase = CardPhase.Authorised, Card = authorised.Card }),
        CardCommitting committing => ledger.Change(committing.Payment, payment => payment with { CardPhase = CardPhase.Committing }),
        CardReversing reversing => ledger.Change(reversing.Payment, payment => payment with { CardPhase = CardPhase.Reversing }),
        CardPaid paid => Pay(ledger, paid),
        CardNotPaid not => ledger.Change(not.Payment, payment => payment with { CardPhase = CardPhase.NotPaid, NotPaidWhy = not.Reason }),
        CardReversed reversed => ledger.Change(reversed.Payment, payment => payment with { CardPhase = CardPhase.Reversed }),
        CardUnknown unknown => ledger.Change(unknown.Payment, payment => payment with { CardPhase = CardPhase.Unknown, CardTrouble = unknown.Why }),
        CardLines { Kind: "merchant" } lines => ledger.Change(lines.Payment, payment => payment with { MerchantLines = [.. payment.MerchantLines, .. lines.Lines] }),
        CardLines lines => ledger.Change(lines.Payment, payment => payment with { CustomerLines = [.. payment.CustomerLines, .. lines.Lines] }),
        _ => throw new UnreachableException(),
    };

    private static LedgerState Pay(LedgerState ledger, CardPaid paid)
    {
        return Seen(ledger, paid.Card)
            .Sum(sums => sums with { Accepted = sums.Accepted + paid.Amount })
            .Sum(sums => Charged(sums, paid.Amount, ledger.Payments.GetValueOrDefault(paid.Payment)?.CardTotalled, ledger.Period))
            .Change(paid.Payment, payment => payment with { CardPhase = CardPhase.Paid, Card = paid.Card, Accepted = payment.Accepted + paid.Amount });
    }

    /// <summary>A card was charged: the terminal's next totals hold it, or those that it told before anybody knew.</summary>
    /// <param name="totalled">The period of those; null: none.</param>
    internal static LedgerTotals Charged(LedgerTotals sums, Money amount, int? totalled, int period)
    {
        var charged = sums with { CardAccepted = sums.CardAccepted + amount, CardCount = sums.CardCount + 1 };
        if (totalled is null) return charged with { CardSinceTotals = sums.CardSinceTotals + 1, CardSince = sums.CardSince + amount };
        return totalled == period ? charged : charged with { CardForward = new(sums.CardForward.Count - 1, sums.CardForward.Total - amount) };
    }

    /// <summary>Several ends of day in one period add up.</summary>
    public static LedgerState Total(LedgerState ledger, CardTotalsTaken taken)
    {
        var open = ledger.Payments.Values.Where(payment => payment is { CardPhase: CardPhase.Unknown, CardTotalled: null }).Select(payment => payment.Id).ToList();
        var before = ledger.Totals.CardTerminal;
        var totals = before is null
            ? new CardTotalsOf(taken.Count, taken.Total, taken.FirstReceipt, taken.LastReceipt)
            : new CardTotalsOf(before.Count + taken.Count, before.Total + taken.Total, before.FirstReceipt, taken.LastReceipt);
        return open.Aggregate(
            ledger.Sum(sums => sums with { CardTerminal = totals, CardSinceTotals = 0, CardSince = ledger.Zero }),
            (state, id) => state.Change(id, payment => payment with { CardTotalled = state.Period }));
    }

    private static LedgerState Seen(LedgerState ledger, CardFacts card) => ledger with { CardReceipt = card.Receipt };
}
