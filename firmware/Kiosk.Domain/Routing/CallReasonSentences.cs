using System.Globalization;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Routing;

public static class CallReasonSentences
{
    /// <summary>One English sentence, for the API and the log; the screens say the same in their languages.</summary>
    public static string Sentence(this CallReason why)
    {
        if (ReasonWords.Of(why) is not { } words) return "Nobody knows why this ticket was called.";

        var (number, waited) = (words.Chosen.Number, Span(TimeSpan.FromSeconds(words.Chosen.Waited)));
        var before = words.Other is { } other ? $"goes before {other.Number} ({Span(TimeSpan.FromSeconds(other.Waited))})" : "";
        return words.Sentence switch
        {
            ReasonSentence.OnlyOne => $"{number} is the only one waiting for this counter ({waited})",
            ReasonSentence.LongestWait => $"{number} has waited {waited}, longest of {words.Waiting} waiting",
            ReasonSentence.Priority => $"{number}: {Name(words.Chosen.Class)}, {waited} of waiting count as {Span(words.CountsAs)}; {before}",
            ReasonSentence.ClassFirst => $"{number}: {Name(words.Chosen.Class)} comes first here; {before}",
            ReasonSentence.Preference => $"{number} has waited {waited} for a service that this counter takes first; {before}",
            ReasonSentence.OwnCustomers => $"{number} is this counter's own customer and has waited {waited}",
            ReasonSentence.Bound => $"{number} has waited {waited}, so long that priority no longer counts; {before}",
            ReasonSentence.SentHere => $"{number} was sent to this counter and has waited {waited}",
            ReasonSentence.Chosen => $"{number} was chosen by the clerk and has waited {waited}",
            _ => $"{number} has waited {waited}",
        };
    }

    /// <summary>As in the screens' English texts.</summary>
    public static string Name(PriorityClass? priority) => priority switch
    {
        PriorityClass.Urgent => "Urgent",
        PriorityClass.Pregnant => "Pregnant or with infant",
        PriorityClass.Disabled => "Disabled",
        PriorityClass.Senior => "Senior",
        PriorityClass.Vip => "VIP",
        PriorityClass.Appointment => "Appointment",
        _ => "No priority",
    };

    private static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min");
}
