using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Routing;

/// <summary>The sentences that tell why a ticket was called.</summary>
public enum ReasonSentence
{
    OnlyOne,
    LongestWait,

    /// <summary>Its class gains priority faster than the clock.</summary>
    Priority,

    /// <summary>Its class comes first, whatever the others have waited.</summary>
    ClassFirst,

    /// <summary>The counter takes its service before the other's.</summary>
    Preference,
    OwnCustomers,
    Bound,
    SentHere,
    Chosen,

    /// <summary>Nothing more is known than the wait.</summary>
    Called,
}

/// <summary>A reason, ready to be said in any language.</summary>
/// <param name="Other">Who was passed over, where the sentence names somebody.</param>
public sealed record ReasonWords(ReasonSentence Sentence, Candidate Chosen, Candidate? Other, int Waiting)
{
    /// <summary>What the wait counted for, with the priority of the class.</summary>
    public TimeSpan CountsAs => TimeSpan.FromSeconds(Math.Max(0, Chosen.Score) * 6L);

    /// <summary>Null where the reason names nobody.</summary>
    public static ReasonWords? Of(CallReason why)
    {
        if (why.Candidates.Count == 0) return null;

        var (chosen, others) = (why.Candidates[0], why.Candidates.Skip(1).ToList());
        var other = Passed(why.Rule, others);
        return new(SentenceOf(why, chosen, other), chosen, other, why.Waiting);
    }

    // Names the one who has most to complain about: whoever waits longest; where the bound decided, whoever would have gone first.
    private static Candidate? Passed(CallRule rule, List<Candidate> others)
    {
        if (others.Count == 0 || rule is not (CallRule.Priority or CallRule.Bound)) return null;
        if (rule == CallRule.Priority) return others.MaxBy(other => other.Waited);
        return others.FirstOrDefault(other => other.Class is not null) is { Class: not null } ahead ? ahead : others[0];
    }

    private static ReasonSentence SentenceOf(CallReason why, Candidate chosen, Candidate? other) => why.Rule switch
    {
        // The first of the only line may have others behind.
        CallRule.OnlyOne => why.Waiting > 1 ? ReasonSentence.LongestWait : ReasonSentence.OnlyOne,
        CallRule.LongestWait => ReasonSentence.LongestWait,
        CallRule.OwnCustomers => ReasonSentence.OwnCustomers,
        CallRule.SentHere => ReasonSentence.SentHere,
        CallRule.Chosen => ReasonSentence.Chosen,
        CallRule.Bound when other is not null => ReasonSentence.Bound,
        CallRule.Priority when other is not null && chosen.Class is null => ReasonSentence.Preference,
        CallRule.Priority when other is not null => why.Policy == RoutingPolicy.Strict ? ReasonSentence.ClassFirst : ReasonSentence.Priority,
        _ => ReasonSentence.Called,
    };
}
