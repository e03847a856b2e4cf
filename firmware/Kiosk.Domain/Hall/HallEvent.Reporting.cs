using System.Text.Json.Serialization;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Hall;

/// <summary>Facts between the hall and its store.</summary>
public abstract partial record HallEvent
{
    /// <summary>The hall as those must know it who read its events: written at a start with a profile that says something else than the one before.</summary>
    public sealed record HallDescribed(HallOutline Hall) : Note;

    /// <summary>A text for the customers.</summary>
    /// <param name="Text">By language (BCP 47).</param>
    /// <param name="From">Null: at once.</param>
    /// <param name="Until">Null: until it is withdrawn.</param>
    public sealed record NoticeShown(string Notice, NoticeKind Kind, IReadOnlyDictionary<string, string> Text, DateTimeOffset? From = null, DateTimeOffset? Until = null) : Note;

    public sealed record NoticeWithdrawn(string Notice) : Note;

    /// <summary>A command of the store was carried out or refused. It is never carried out again, and whoever repeats it gets this answer.</summary>
    /// <param name="Command">Its id, given by the store.</param>
    /// <param name="User">Who sent it, as the broker knows them.</param>
    /// <param name="Outcome"><c>done</c>, or why not: <c>refused</c>, <c>failed</c>, <c>not-allowed</c>, <c>expired</c>, <c>unknown-action</c>, <c>bad-command</c>.</param>
    /// <param name="Expires">After which nobody would have carried it out.</param>
    /// <param name="Message">For people: what to do.</param>
    /// <param name="Result">JSON, as it was answered.</param>
    /// <param name="Mark">Short digest of action and arguments; null in journals of before it was kept.</param>
    public sealed record StoreCommandAnswered(string Command, string User, string Action, string Outcome, DateTimeOffset Expires, string? Message = null, string? Result = null, string? Mark = null) : Note;

    /// <summary>The store that acknowledged is not waited for any more: until one acknowledges again, the broker's word counts.</summary>
    /// <param name="Seq">Up to which event it had everything.</param>
    public sealed record StoreForgotten(long Seq) : Note;
}

[JsonConverter(typeof(JsonStringEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>Must be seen: stays in front.</summary>
    [JsonStringEnumMemberName("message")]
    Message,

    /// <summary>Shown between calls.</summary>
    [JsonStringEnumMemberName("promotion")]
    Promotion,
}
