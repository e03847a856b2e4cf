using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Views;

/// <summary>What the customers' unit at a counter shows.</summary>
public abstract record FeedbackView(CounterId Counter)
{
    /// <summary>How long after a service it asks, and how long it says thanks.</summary>
    public static readonly TimeSpan AsksFor = TimeSpan.FromSeconds(60), ThanksFor = TimeSpan.FromSeconds(5);

    public sealed record Idle(CounterId Counter, CounterPhase Phase) : FeedbackView(Counter);

    /// <param name="Language">In which the ticket was taken.</param>
    public sealed record Asking(CounterId Counter, TicketId Ticket, TicketNumber Number, string Language) : FeedbackView(Counter);

    public sealed record Thanks(CounterId Counter, TicketId Ticket, Rating Rating, string Language) : FeedbackView(Counter);

    /// <summary>Null where there is no such counter.</summary>
    public static FeedbackView? Of(HallState hall, FeedbackBook given, CounterId id, DateTimeOffset at)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return null;
        if (LastFinished(hall, id) is not { EndedAt: { } ended } last) return new Idle(id, counter.Phase);
        if (given.Of(last.Id) is { } feedback)
        {
            return at - feedback.At < ThanksFor ? new Thanks(id, last.Id, feedback.Rating, last.Language) : new Idle(id, counter.Phase);
        }

        return at - ended < AsksFor ? new Asking(id, last.Id, last.Number, last.Language) : new Idle(id, counter.Phase);
    }

    private static Ticket? LastFinished(HallState hall, CounterId id) =>
        hall.Tickets.Values.Where(ticket => ticket.Phase == TicketPhase.Finished && ticket.Counter == id).MaxBy(ticket => ticket.EndedAt);
}
