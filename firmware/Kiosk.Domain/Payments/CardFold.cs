using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class CardFold
{
    public static LedgerState Evolve(LedgerState ledger, LedgerEntry entry) => entry switch
    {
        CardSending sending => ledger.Change(sending.Payment, payment => payment with { CardPhase = CardPhase.Sending, CardBefore = sending.Before }),
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
        var late = ledger.Payments.TryGetValue(paid.Payment, out var known) && known.End is not null;
        return Seen(ledger, paid.Card)
            .Sum(sums => sums with
            {
                Accepted = sums.Accepted + paid.Amount,
                CardAccepted = sums.CardAccepted + paid.Amount,
                CardCount = sums.CardCount + 1,
                CardSinceTotals = sums.CardSinceTotals + 1,
                ToReceipt = late ? sums.ToReceipt + paid.Amount : sums.ToReceipt,
            })
            .Change(paid.Payment, payment => payment with { CardPhase = CardPhase.Paid, Card = paid.Card, Accepted = payment.Accepted + paid.Amount });
    }

    private static LedgerState Seen(LedgerState ledger, CardFacts card) => ledger with { CardReceipt = card.Receipt };
}
