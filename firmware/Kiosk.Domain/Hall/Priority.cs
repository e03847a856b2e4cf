using System.Text.Json.Serialization;

namespace Kiosk.Domain.Hall;

/// <summary>Why a customer may be called before those who came earlier. The order is that of the strict policy, highest first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriorityClass>))]
public enum PriorityClass
{
    /// <summary>Named by a floor guide.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent,

    [JsonStringEnumMemberName("pregnant")]
    Pregnant,

    [JsonStringEnumMemberName("disabled")]
    Disabled,

    [JsonStringEnumMemberName("senior")]
    Senior,

    [JsonStringEnumMemberName("vip")]
    Vip,

    [JsonStringEnumMemberName("appointment")]
    Appointment,
}

/// <summary>Which of those who wait was called, and why. Kept with every call.</summary>
/// <param name="Policy">The hall's policy at that moment.</param>
/// <param name="Rule">What decided.</param>
/// <param name="Waiting">People whom the counter could have called.</param>
/// <param name="Candidates">The first of each line that was compared, the chosen one first, at most <see cref="Kept"/>.</param>
public sealed record CallReason(RoutingPolicy Policy, CallRule Rule, int Waiting, IReadOnlyList<Candidate> Candidates)
{
    public const int Kept = 6;
}

/// <param name="Waited">Seconds since it stands in line.</param>
/// <param name="Score">Tenths of a minute of priority that it had; comparable within one call only.</param>
public readonly record struct Candidate(TicketNumber Number, PriorityClass? Class, int Waited, int Score);

[JsonConverter(typeof(JsonStringEnumConverter<RoutingPolicy>))]
public enum RoutingPolicy
{
    /// <summary>Each class gains priority with waiting time at its own rate: priority shortens the wait and starves nobody.</summary>
    [JsonStringEnumMemberName("accumulating")]
    Accumulating,

    /// <summary>The higher class first, whatever the others have waited, within the bound.</summary>
    [JsonStringEnumMemberName("strict")]
    Strict,

    [JsonStringEnumMemberName("first-come")]
    FirstCome,
}

[JsonConverter(typeof(JsonStringEnumConverter<CallRule>))]
public enum CallRule
{
    /// <summary>Nobody else waits for this counter.</summary>
    [JsonStringEnumMemberName("only-one")]
    OnlyOne,

    /// <summary>The longest wait among equals.</summary>
    [JsonStringEnumMemberName("longest-wait")]
    LongestWait,

    /// <summary>Class, rate or preference of the counter put it before a longer wait.</summary>
    [JsonStringEnumMemberName("priority")]
    Priority,

    /// <summary>A VIP or priority counter serves its own customers first.</summary>
    [JsonStringEnumMemberName("own-customers")]
    OwnCustomers,

    /// <summary>Somebody had waited so much longer that priority no longer counts.</summary>
    [JsonStringEnumMemberName("bound")]
    Bound,

    /// <summary>It was sent to this very counter.</summary>
    [JsonStringEnumMemberName("sent-here")]
    SentHere,

    /// <summary>The clerk chose it.</summary>
    [JsonStringEnumMemberName("chosen")]
    Chosen,
}
