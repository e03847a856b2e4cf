using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Payments;

[JsonConverter(typeof(JsonStringEnumConverter<CardPhase>))]
public enum CardPhase
{
    /// <summary>Nothing was sent yet, or no card is used.</summary>
    None,
    Sending,
    Authorised,
    Committing,
    Reversing,
    Paid,
    NotPaid,
    Reversed,
    Unknown,
}

[JsonConverter(typeof(JsonStringEnumConverter<PostingPhase>))]
public enum PostingPhase
{
    None,
    Queued,

    /// <summary>The biller may have it.</summary>
    Sending,
    Confirmed,
    Refused,

    /// <summary>To be forgotten by the biller.</summary>
    Withdrawing,
    Withdrawn,
}

/// <summary>One payment: its own small ledger. Accepted = credited + returned + what its cases hold + what is still under way.</summary>
public sealed record Payment(
    PaymentId Id, string Biller, string Bill, string Account, string Name, Money Due, Money Amount, PayMeans Means, string Language, DateTimeOffset BegunAt, int Period)
{
    public CardPhase CardPhase { get; init; }

    /// <summary>The period in which the card terminal told its totals while the outcome was not known: they may hold it.</summary>
    public int? CardTotalled { get; init; }

    /// <summary>The card terminal's newest receipt before it.</summary>
    public int? CardBefore { get; init; }

    /// <summary>Id of the card terminal that was asked, where it was known.</summary>
    public string? CardTerminal { get; init; }

    public CardFacts? Card { get; init; }

    public IReadOnlyList<string> CustomerLines { get; init; } = [];

    public IReadOnlyList<string> MerchantLines { get; init; } = [];

    /// <summary>Why the card's outcome is not known.</summary>
    public string? CardTrouble { get; init; }

    /// <summary>Why the card was not charged, as <see cref="HallEvent.CardNotPaid"/> says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotPaidWhy { get; init; }

    public required Money Accepted { get; init; }

    public required Money Credited { get; init; }

    public required Money Returned { get; init; }

    /// <summary>What its open and settled cases took over.</summary>
    public required Money InCases { get; init; }

    /// <summary>Cash above the amount for which it got a claim slip.</summary>
    public Money? Overpaid { get; init; }

    public PostingPhase Posting { get; init; }

    public Money? ToPost { get; init; }

    /// <summary>Whether the biller may have it: it was sent at least once.</summary>
    public bool PostingSent { get; init; }

    /// <summary>Counts queued postings of the appliance: they are posted in this order.</summary>
    public long PostingOrder { get; init; }

    /// <summary>The biller's own number.</summary>
    public string? BillerNumber { get; init; }

    public PaymentEnd? End { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int? Receipt { get; init; }

    /// <summary>Its claim slip.</summary>
    public int? Claim { get; init; }

    /// <summary>Accepted and not yet anywhere: zero as soon as nothing is under way.</summary>
    [JsonIgnore]
    public Money Balance => Accepted - Credited - Returned - InCases;

    /// <summary>Nothing of it is under way any more.</summary>
    [JsonIgnore]
    public bool Concluded => End is not null && Balance.IsZero && CardPhase is not CardPhase.Unknown
        && Posting is PostingPhase.None or PostingPhase.Confirmed or PostingPhase.Refused or PostingPhase.Withdrawn;
}

/// <summary>A named open case.</summary>
/// <param name="Amount">Below zero: credited, but never accepted.</param>
public sealed record PaymentCase(int Number, CaseKind Kind, PaymentId? Payment, string? Device, Money Amount, Money InDoubt, string Detail, DateTimeOffset OpenedAt)
{
    /// <summary>Of the payment: its confirmed postings are fewer when it takes a credit back.</summary>
    public string? Biller { get; init; }

    /// <summary>What the first of two people proposed.</summary>
    public CaseProposal? Proposal { get; init; }
}

/// <param name="Found">See <see cref="HallCommand.SettleCase"/>.</param>
public sealed record CaseProposal(CaseOutcome Outcome, string Reason, string By, DateTimeOffset At, Money? Found = null);

/// <param name="Copy">Of the last slip.</param>
/// <param name="Phase">Of the last slip; null: never on its way to paper.</param>
public sealed record Receipt(int Number, ReceiptKind Kind, PaymentId? Payment, Money Amount, int? Case, DateTimeOffset At, int Copy, SlipPhase? Phase)
{
    public string? Fault { get; init; }

    public string? VoidReason { get; init; }

    /// <summary>What stands on it, kept with it: the payment may be long concluded.</summary>
    public Payment? Of { get; init; }
}

/// <summary>A cash acceptor as the ledger knows it.</summary>
/// <param name="Batch">Counts the cash boxes of the device from 1.</param>
/// <param name="Mark">Of the last credit.</param>
/// <param name="Stacking">A note of whose end nothing is known yet.</param>
/// <param name="Content">What must be in the box: pieces by value.</param>
public sealed record CashBox(string Device, int Batch, string? Mark, Money? Stacking, IReadOnlyList<CashPile> Content)
{
    public PaymentId? StackingFor { get; init; }

    /// <summary>How many credits' marks are kept: a device that tells of one again does so at once, or after its next start.</summary>
    public const int MarksKept = 16;

    /// <summary>Of the last credits, the latest first.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Between taking it out and putting one in: told once.</summary>
    public bool Out { get; init; }

    /// <summary>Taken out and not counted yet, oldest first.</summary>
    public IReadOnlyList<CashBatch> Removed { get; init; } = [];

    /// <summary>Notes that may be in a box that is not counted yet.</summary>
    public IReadOnlyList<CashDoubt> Doubts { get; init; } = [];

    [JsonIgnore]
    public long Total => Content.Sum(pile => pile.Value * pile.Count);
}

/// <summary>A note of which nobody knew whether it was in the box.</summary>
/// <param name="There">What people found; null: the case is open.</param>
public sealed record CashDoubt(int Case, int Batch, long Value, bool? There);

public sealed record CashBatch(int Number, IReadOnlyList<CashPile> Content)
{
    [JsonIgnore]
    public long Total => Content.Sum(pile => pile.Value * pile.Count);
}
