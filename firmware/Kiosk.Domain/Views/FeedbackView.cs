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

        var last = hall.Tickets.Values.Where(ticket => ticket.Phase == TicketPhase.Finished && ticket.Counter == id).MaxBy(ticket => ticket.EndedAt);
        return Of(counter, last, given, at);
    }

    /// <summary>Of every counter, in one pass over the tickets.</summary>
    public static IReadOnlyList<FeedbackView> All(HallState hall, FeedbackBook given, DateTimeOffset at)
    {
        var last = new Dictionary<CounterId, Ticket>();
        foreach (var ticket in hall.Tickets.Values)
        {
            if (ticket is { Phase: TicketPhase.Finished, Counter: { } counter } && !(last.GetValueOrDefault(counter)?.EndedAt > ticket.EndedAt)) last[counter] = ticket;
        }

        return [.. hall.Counters.Values.Select(counter => Of(counter, last.GetValueOrDefault(counter.Id), given, at))];
    }

    private static FeedbackView Of(Counter counter, Ticket? finished, FeedbackBook given, DateTimeOffset at)
    {
        var id = counter.Id;
        if (finished is not { EndedAt: { } ended } last) return new Idle(id, counter.Phase);
        if (given.Of(last.Id) is { } feedback)
        {
            return at - feedback.At < ThanksFor ? new Thanks(id, last.Id, feedback.Rating, last.Language) : new Idle(id, counter.Phase);
        }

        return at - ended < AsksFor ? new Asking(id, last.Id, last.Number, last.Language) : new Idle(id, counter.Phase);
    }
}
