using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;

namespace Kiosk.Ui;

/// <summary>Why a ticket was called, and what priority it has, in the language of a screen.</summary>
public static class Reasons
{
    /// <summary>One sentence; empty where the reason names nobody.</summary>
    public static string Why(this Phrases t, CallReason? why)
    {
        if (why is null || ReasonWords.Of(why) is not { } words) return "";

        var other = words.Other.GetValueOrDefault();
        return t.Say(
            "why." + words.Sentence,
            words.Chosen.Number,
            t.Span(TimeSpan.FromSeconds(words.Chosen.Waited)),
            words.Waiting,
            t.Priority(words.Chosen.Class),
            t.Span(words.CountsAs),
            other.Number,
            t.Span(TimeSpan.FromSeconds(other.Waited)));
    }

    public static string Priority(this Phrases t, PriorityClass? priority) => t["priority." + (priority?.ToString() ?? "none")];

    /// <summary>Whole minutes; below one, seconds.</summary>
    public static string Span(this Phrases t, TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? t.Say("since.seconds", Math.Max(0, (int)span.TotalSeconds)) : t.Say("since.minutes", (int)span.TotalMinutes);
}
