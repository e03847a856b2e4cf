using System.Text.Json.Serialization;

namespace Kiosk.Domain.Payments;

/// <summary>Names one payment for ever, to the biller too: its idempotency key.</summary>
/// <param name="Value">12 signs of Crockford's base 32 in lower case (60 random bits).</param>
public readonly record struct PaymentId(string Value)
{
    public override string ToString() => Value;
}

[JsonConverter(typeof(JsonStringEnumConverter<PayMeans>))]
public enum PayMeans
{
    [JsonStringEnumMemberName("card")]
    Card,

    [JsonStringEnumMemberName("cash")]
    Cash,
}

/// <summary>How the customer's part of a payment ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaymentEnd>))]
public enum PaymentEnd
{
    /// <summary>The money is taken; it is credited, or will be.</summary>
    [JsonStringEnumMemberName("paid")]
    Paid,

    /// <summary>No money was taken.</summary>
    [JsonStringEnumMemberName("not-paid")]
    NotPaid,

    /// <summary>Left or broken off before it was committed; what was put in is a claim.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>A case decides.</summary>
    [JsonStringEnumMemberName("case")]
    Case,
}

[JsonConverter(typeof(JsonStringEnumConverter<CaseKind>))]
public enum CaseKind
{
    /// <summary>Nobody knows whether a card was charged.</summary>
    [JsonStringEnumMemberName("card-unknown")]
    CardUnknown,

    /// <summary>A note may be in the box or not.</summary>
    [JsonStringEnumMemberName("cash-in-doubt")]
    CashInDoubt,

    /// <summary>Money in the box that belongs to no payment, or came after its end.</summary>
    [JsonStringEnumMemberName("cash-unowned")]
    CashUnowned,

    /// <summary>The customer stopped after cash was taken: to be paid back.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>Cash above the amount, where it is not credited.</summary>
    [JsonStringEnumMemberName("overpaid")]
    Overpaid,

    /// <summary>The biller does not take money that the terminal has taken.</summary>
    [JsonStringEnumMemberName("biller-refused")]
    BillerRefused,

    /// <summary>The biller has credited money that the terminal did not get.</summary>
    [JsonStringEnumMemberName("credited-not-paid")]
    CreditedNotPaid,
}

/// <summary>How a case was settled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseOutcome>))]
public enum CaseOutcome
{
    /// <summary>The customer's account was credited by hand.</summary>
    [JsonStringEnumMemberName("credited")]
    Credited,

    /// <summary>The money was given back.</summary>
    [JsonStringEnumMemberName("refunded")]
    Refunded,

    /// <summary>What was in doubt did not happen.</summary>
    [JsonStringEnumMemberName("nothing-happened")]
    NothingHappened,

    /// <summary>The biller has taken its credit back.</summary>
    [JsonStringEnumMemberName("taken-back")]
    TakenBack,
}

[JsonConverter(typeof(JsonStringEnumConverter<ReceiptKind>))]
public enum ReceiptKind
{
    [JsonStringEnumMemberName("payment")]
    Payment,

    /// <summary>For money that is not credited: bears the number of its case.</summary>
    [JsonStringEnumMemberName("claim")]
    Claim,
}

/// <summary>What a card terminal told of a payment. The card is masked to its last four digits.</summary>
/// <param name="Receipt">The terminal's own running number.</param>
public sealed record CardFacts(string TerminalId, int Receipt, int Trace, string Card, string CardName, string Authorisation);

/// <param name="Value">Denomination in the smallest unit.</param>
public readonly record struct CashPile(long Value, int Count);
