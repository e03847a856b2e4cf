using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Kiosk.Domain.Payments;

/// <summary>One line of a settlement: what the ledger says beside what somebody else says.</summary>
/// <param name="Line"><c>cash</c>, <c>card</c>, <c>biller mobile</c>, <c>bank</c>, <c>receipts</c>, <c>open</c>.</param>
/// <param name="Ledger">What the ledger expects.</param>
/// <param name="Other">What was counted, or told by the terminal, the biller or the bank; null: nobody said.</param>
/// <param name="Explained">The part of the difference that named cases account for.</param>
public sealed record SettlementLine(string Line, Money Ledger, int? LedgerCount, Money? Other, int? OtherCount, Money Explained)
{
    /// <summary>Over above zero, short below.</summary>
    [JsonIgnore]
    public Money? Difference => Other is { } other ? other - Ledger : null;

    [JsonIgnore]
    public bool Agrees => Other is null || (Difference == Explained && (LedgerCount is null || OtherCount is null || LedgerCount == OtherCount || !Explained.IsZero));
}

/// <summary>Ledger, counted cash, card totals, billers and bank side by side: an X report at any time, a Z report when the period is closed.</summary>
public static class Settlement
{
    public static ImmutableArray<SettlementLine> Lines(LedgerState ledger)
    {
        var (totals, zero) = (ledger.Totals, ledger.Zero);
        var lines = ImmutableArray.CreateBuilder<SettlementLine>();
        if (ledger.Site.Cash is not null)
        {
            lines.Add(new("cash", totals.CashExpected, null, totals.Counts.IsEmpty ? null : totals.CashCounted, null, zero));
            lines.Add(new("bank", totals.CashCounted, null, totals.DepositSlips.IsEmpty ? null : totals.Deposited, null, zero));
        }

        if (ledger.Site.Card is not null)
        {
            var doubt = ledger.Payments.Values.Where(payment => payment.CardPhase == CardPhase.Unknown).ToList();
            var inDoubt = doubt.Aggregate(zero, (sum, payment) => sum + payment.Amount);

            // A payment of which nobody knows may be among the terminal's: then, and only then, it explains that amount.
            var terminal = totals.CardTerminal;
            var explained = terminal is not null && terminal.Total - totals.CardAccepted == inDoubt ? inDoubt : zero;
            lines.Add(new("card", totals.CardAccepted, totals.CardCount, terminal?.Total, terminal?.Count, explained));
        }

        foreach (var biller in ledger.Site.Billers)
        {
            var confirmed = totals.Confirmed.GetValueOrDefault(biller.Id, new(0, zero));
            CountedSum? stated = totals.Stated.TryGetValue(biller.Id, out var told) ? told : null;
            lines.Add(new($"biller {biller.Id}", confirmed.Total, confirmed.Count, stated?.Total, stated?.Count, zero));
        }

        lines.Add(new("receipts", totals.ToReceipt, null, totals.OnReceipts, null, zero));
        lines.Add(new("open", totals.Opening + totals.Accepted - totals.Credited - totals.Returned, null, ledger.UnderWay + ledger.InCases, null, zero));
        return lines.ToImmutable();
    }

    /// <summary>Sum of the differences that no case explains.</summary>
    public static Money Unexplained(IEnumerable<SettlementLine> lines, Money zero) =>
        lines.Where(line => line.Difference is not null).Aggregate(zero, (sum, line) => sum + (line.Difference!.Value - line.Explained));
}
