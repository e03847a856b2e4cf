using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

public readonly record struct GivenFeedback(Rating Rating, DateTimeOffset At);

/// <summary>Which tickets have been rated: each is once. Only the last two days are known here; reports count the rest from the journal.</summary>
public sealed record FeedbackBook(ImmutableDictionary<TicketId, GivenFeedback> ByTicket)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    public static FeedbackBook Empty { get; } = new(ImmutableDictionary<TicketId, GivenFeedback>.Empty);

    public GivenFeedback? Of(TicketId ticket) => ByTicket.TryGetValue(ticket, out var given) ? given : null;

    public FeedbackBook After(Note fact, DateTimeOffset at) =>
        fact is FeedbackGiven { Ticket: { } ticket } given && !ByTicket.ContainsKey(ticket) ? new(ByTicket.Add(ticket, new(given.Rating, at))) : this;

    internal FeedbackBook Trimmed(DateTimeOffset now) => new(ByTicket.RemoveRange(ByTicket.Where(pair => pair.Value.At < now - Remembered).Select(pair => pair.Key)));
}
