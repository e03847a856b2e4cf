using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Views;

/// <summary>What the clerk at one counter sees.</summary>
/// <param name="Next">Who <c>next</c> would call, or null.</param>
/// <param name="Waiting">People whom this counter may call.</param>
/// <param name="Aside">Held and no-show tickets of this counter, latest first, at most ten.</param>
/// <param name="Served">Tickets finished here today.</param>
public sealed record CounterScreen(
    CounterId Id,
    CounterKind Kind,
    CounterPhase Phase,
    DayPhase Day,
    Ticket? Ticket,
    Ticket? Next,
    int Waiting,
    ImmutableArray<Ticket> Aside,
    int Served,
    ImmutableArray<ServiceProfile> Offers)
{
    /// <summary>Why it would be that one.</summary>
    public CallReason? NextWhy { get; init; }

    /// <summary>What that one was told of the wait, as long as it stands; null: nothing.</summary>
    public WaitRange? NextTold { get; init; }

    /// <summary>Who is signed in here, or null.</summary>
    public string? Clerk { get; init; }

    /// <summary>Who may be called here, longest wait first, at most <see cref="WaitingShown"/>.</summary>
    public ImmutableArray<Ticket> Choices { get; init; } = [];

    public const int WaitingShown = 12;

    public const int AsideShown = 10;

    public static CounterScreen? Of(HallState hall, HallProfile profile, CounterId id, DateTimeOffset at)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return null;

        var next = Router.Next(hall, counter, at);
        var here = hall.Tickets.Values.Where(ticket => ticket.Counter == id).ToList();
        return new(
            id,
            counter.Kind,
            counter.Phase,
            hall.Phase,
            hall.At(counter),
            next is { } choice ? hall.Tickets[choice.Ticket] : null,
            counter.Line.Count + counter.Offers.Sum(service => hall.Services[service].Line.Count),
            [.. here.Where(t => t.Phase is TicketPhase.Held or TicketPhase.NoShow).OrderByDescending(t => t.CalledAt).Take(AsideShown)],
            here.Count(t => t.Phase == TicketPhase.Finished),
            [.. counter.Offers.Select(offer => profile.Service(offer)).OfType<ServiceProfile>()])
        {
            NextWhy = next?.Why,
            NextTold = next is { } told ? ToldWait.Of(hall, hall.Tickets[told.Ticket]) : null,
            Clerk = counter.Clerk,
            Choices = [.. counter.Offers.SelectMany(offer => hall.Services[offer].Line.Places.Take(WaitingShown)).Concat(counter.Line.Places.Take(WaitingShown))
                .Order().Take(WaitingShown).Select(place => hall.Tickets[place.Ticket])],
        };
    }
}
