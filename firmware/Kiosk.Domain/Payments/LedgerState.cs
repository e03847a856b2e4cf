using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Payments;

/// <summary>Sums of a settlement period.</summary>
public sealed record LedgerTotals(Money Accepted, Money Credited, Money Returned)
{
    public required Money CashAccepted { get; init; }

    public required Money CardAccepted { get; init; }

    public int CardCount { get; init; }

    /// <summary>Card payments since the terminal's last end of day.</summary>
    public int CardSinceTotals { get; init; }

    public required Money CardSince { get; init; }

    /// <summary>Of earlier periods: above zero what the terminal had not totalled when they were closed; below zero what it had, and people settled since.</summary>
    public required CountedSum CardForward { get; init; }

    public required Money CashCounted { get; init; }

    public required Money CashExpected { get; init; }

    /// <summary>Cash that was counted in earlier periods and of which no deposit slip came in them.</summary>
    public required Money CashForward { get; init; }

    /// <summary>Notes in doubt of the boxes that were counted: an open or settled case may explain why a count is over.</summary>
    public ImmutableList<CashDoubt> CashDoubts { get; init; } = [];

    /// <summary>The card terminal's own totals, of all its ends of day in the period; null: none yet.</summary>
    public CardTotalsOf? CardTerminal { get; init; }

    public required Money Deposited { get; init; }

    public ImmutableList<string> DepositSlips { get; init; } = [];

    /// <summary>Confirmed to us, by biller.</summary>
    public ImmutableSortedDictionary<string, CountedSum> Confirmed { get; init; } = ImmutableSortedDictionary<string, CountedSum>.Empty;

    /// <summary>The billers' own word.</summary>
    public ImmutableSortedDictionary<string, CountedSum> Stated { get; init; } = ImmutableSortedDictionary<string, CountedSum>.Empty;

    public int FirstReceipt { get; init; }

    public int Receipts { get; init; }

    public int VoidReceipts { get; init; }

    /// <summary>Amount on the receipts of the period, the void ones too.</summary>
    public required Money OnReceipts { get; init; }

    /// <summary>Amount of what should stand on receipts: payments that ended with money taken.</summary>
    public required Money ToReceipt { get; init; }

    /// <summary>Under way or in cases when the period began.</summary>
    public required Money Opening { get; init; }

    public ImmutableList<HallEvent.CashCounted> Counts { get; init; } = [];

    public static LedgerTotals Zero(string currency, Money? opening = null)
    {
        var zero = Money.Zero(currency);
        return new(zero, zero, zero)
        {
            CashAccepted = zero, CardAccepted = zero, CardSince = zero, CardForward = new(0, zero), CashForward = zero, CashCounted = zero, CashExpected = zero,
            Deposited = zero, OnReceipts = zero, ToReceipt = zero, Opening = opening ?? zero,
        };
    }
}

public sealed record CardTotalsOf(int Count, Money Total, int FirstReceipt, int LastReceipt);

public readonly record struct CountedSum(int Count, Money Total);

/// <summary>What an older part of the ledger leaves to the next: numbers that run on, and everything that is still open.</summary>
/// <param name="CardReceipt">The card terminal's newest receipt that was seen.</param>
/// <param name="CardUntotalled">Card payments that the terminal's end of day has yet to tell of.</param>
/// <param name="Undeposited">Counted cash of which the bank has yet to tell.</param>
public sealed record BroughtForward(
    int LastReceipt,
    int LastCase,
    long LastPosting,
    int? CardReceipt,
    IReadOnlyList<Payment> Payments,
    IReadOnlyList<PaymentCase> Cases,
    IReadOnlyList<CashBox> Boxes,
    IReadOnlyList<Receipt> Receipts,
    CountedSum? CardUntotalled = null,
    Money? Undeposited = null);

/// <summary>The ledger at one moment: a fold of its entries over the profile.</summary>
/// <param name="Period">The settlement period that is open.</param>
/// <param name="Current">The payment at the terminal.</param>
/// <param name="Payments">Those that are not concluded.</param>
/// <param name="Cases">Those that are open.</param>
/// <param name="Receipts">Of the period, and older ones that are still on their way to paper.</param>
public sealed record LedgerState(
    PaymentsProfile Site,
    int Period,
    LedgerTotals Totals,
    PaymentId? Current,
    ImmutableDictionary<PaymentId, Payment> Payments,
    ImmutableSortedDictionary<int, PaymentCase> Cases,
    ImmutableSortedDictionary<string, CashBox> Boxes,
    ImmutableSortedDictionary<int, Receipt> Receipts,
    int LastReceipt,
    int LastCase,
    long LastPosting,
    int? CardReceipt)
{
    public static LedgerState For(PaymentsProfile site) => new(
        site, 1, LedgerTotals.Zero(site.Currency), null, ImmutableDictionary<PaymentId, Payment>.Empty, ImmutableSortedDictionary<int, PaymentCase>.Empty,
        ImmutableSortedDictionary<string, CashBox>.Empty.WithComparers(StringComparer.Ordinal), ImmutableSortedDictionary<int, Receipt>.Empty, 0, 0, 0, null);

    /// <summary>Cash that belongs to no payment, between its entry and that of its case: both are in one decision.</summary>
    public long Unowned { get; init; }

    /// <summary>How many ended payments are remembered for those who look at them.</summary>
    public const int RecentKept = 20;

    /// <summary>Payments that ended, the latest first, at most <see cref="RecentKept"/>, as they stand by now.</summary>
    public ImmutableList<Payment> Recent { get; init; } = [];

    public string Currency => Site.Currency;

    /// <summary>A payment under way, or one that ended a short while ago.</summary>
    public Payment? Find(PaymentId id) => Payments.TryGetValue(id, out var open) ? open : Recent.Find(payment => payment.Id == id);

    /// <summary>Of the period, in order.</summary>
    public IEnumerable<Receipt> ReceiptsOf(PaymentId id) => Receipts.Values.Where(receipt => receipt.Payment == id);

    public Money Zero => Money.Zero(Site.Currency);

    /// <summary>The payment at the terminal, or null.</summary>
    public Payment? AtTerminal => Current is { } id ? Payments[id] : null;

    /// <summary>A card payment whose outcome nobody knows: no other until it is settled.</summary>
    public Payment? CardDoubt => Payments.Values.FirstOrDefault(payment => payment.CardPhase == CardPhase.Unknown);

    /// <summary>Money of payments that are under way.</summary>
    public Money UnderWay => Payments.Values.Aggregate(new Money(Unowned, Currency), (sum, payment) => sum + payment.Balance);

    public Money InCases => Cases.Values.Aggregate(Zero, (sum, one) => sum + one.Amount);

    public CashBox Box(string device) => Boxes.TryGetValue(device, out var box) ? box : new(device, 1, null, null, []);

    /// <summary><c>T1-000042</c>.</summary>
    public string ReceiptName(int number) => $"{Site.Terminal}-{number:000000}";

    /// <summary><c>T1-C0007</c>.</summary>
    public string CaseName(int number) => $"{Site.Terminal}-C{number:0000}";
}
