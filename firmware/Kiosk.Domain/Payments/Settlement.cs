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
    /// <summary>With more notes or payments in doubt at once a difference could be explained by chance.</summary>
    private const int DoubtsTried = 10;

    public static ImmutableArray<SettlementLine> Lines(LedgerState ledger)
    {
        var (totals, zero) = (ledger.Totals, ledger.Zero);
        var lines = ImmutableArray.CreateBuilder<SettlementLine>();

        // Also what the profile no longer has: money that was taken does not disappear from the settlement.
        var bank = totals.CashForward + totals.CashCounted;
        if (ledger.Site.Cash is not null || !totals.Counts.IsEmpty || !totals.CashAccepted.IsZero || !bank.IsZero)
        {
            lines.Add(Cash(totals, zero));
            lines.Add(new("bank", bank, null, totals.DepositSlips.IsEmpty ? null : totals.Deposited, null, zero));
        }

        if (ledger.Site.Card is not null || totals.CardTerminal is not null || totals.CardCount + totals.CardForward.Count != 0) lines.Add(Card(ledger, zero));
        foreach (var biller in ledger.Site.Billers.Select(biller => biller.Id).Union(totals.Confirmed.Keys))
        {
            var confirmed = totals.Confirmed.GetValueOrDefault(biller, new(0, zero));
            CountedSum? stated = totals.Stated.TryGetValue(biller, out var told) ? told : null;
            lines.Add(new($"biller {biller}", confirmed.Total, confirmed.Count, stated?.Total, stated?.Count, zero));
        }

        lines.Add(new("receipts", totals.ToReceipt, null, totals.OnReceipts, null, zero));
        lines.Add(new("open", totals.Opening + totals.Accepted - totals.Credited - totals.Returned, null, ledger.UnderWay + ledger.InCases, null, zero));
        return lines.ToImmutable();
    }

    // A note that was found to be in the box makes the count over, and one of which nobody knows yet may.
    private static SettlementLine Cash(LedgerTotals totals, Money zero)
    {
        if (totals.Counts.IsEmpty) return new("cash", totals.CashExpected, null, null, null, zero);
        var found = totals.CashDoubts.Where(doubt => doubt.There == true).Sum(doubt => doubt.Value);
        var open = totals.CashDoubts.Where(doubt => doubt.There is null).Select(doubt => doubt.Value);
        var over = totals.CashCounted - totals.CashExpected;
        var explained = CanBe(over.Minor - found, open) ? over.Minor : found;
        return new("cash", totals.CashExpected, null, totals.CashCounted, null, new(explained, zero.Currency));
    }

    // A payment of which nobody knows may be among the terminal's totals: only where the difference is made of such payments do they explain it.
    private static SettlementLine Card(LedgerState ledger, Money zero)
    {
        var (totals, terminal) = (ledger.Totals, ledger.Totals.CardTerminal);
        var expected = totals.CardForward.Total + totals.CardAccepted;
        var doubts = ledger.Payments.Values.Where(payment => payment.CardPhase == CardPhase.Unknown && payment.CardTotalled == ledger.Period).Select(payment => payment.Amount.Minor);
        var explained = terminal is not null && CanBe((terminal.Total - expected).Minor, doubts) ? terminal.Total - expected : zero;
        return new("card", expected, totals.CardForward.Count + totals.CardCount, terminal?.Total, terminal?.Count, explained);
    }

    /// <summary>Whether an amount is the sum of some of these: none of them for zero.</summary>
    private static bool CanBe(long amount, IEnumerable<long> some)
    {
        var sums = new HashSet<long> { 0 };
        foreach (var one in some.Where(one => one > 0).Take(DoubtsTried)) sums.UnionWith(sums.Select(sum => sum + one).ToList());
        return sums.Contains(amount);
    }

    /// <summary>Sum of the differences that no case explains.</summary>
    public static Money Unexplained(IEnumerable<SettlementLine> lines, Money zero) =>
        lines.Where(line => line.Difference is not null).Aggregate(zero, (sum, line) => sum + (line.Difference!.Value - line.Explained));
}
