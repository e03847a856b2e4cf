using System.Diagnostics;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>Opening and closing of the business day.</summary>
internal static class DayRules
{
    public static Decision Decide(HallState hall, HallCommand command, DateTimeOffset at) => command switch
    {
        OpenDay open => Open(hall, open.Day),
        CloseDay close => Close(hall, close.Force, at),
        _ => throw new UnreachableException(),
    };

    /// <summary>While the hall is closing, the decision that ends the last live ticket also closes the day.</summary>
    public static Decision CloseBehindTheLast(HallState hall, Decision decision, DateTimeOffset at)
    {
        if (decision.Events.IsEmpty || decision.Events[^1] is DayClosed) return decision;

        var after = HallDecider.Evolve(hall, decision, at);
        return after.Live == 0 ? decision with { Events = [.. decision.Events, .. Closed(after, at)] } : decision;
    }

    private static Decision Open(HallState hall, DateOnly day)
    {
        if (hall.Phase != DayPhase.Closed) return DayAlreadyOpen;
        if (hall.Day >= day) return DayAlreadyClosed;
        return new DayOpened(day);
    }

    private static Decision Close(HallState hall, bool force, DateTimeOffset at)
    {
        if (hall.Day is not { } day || hall.Phase == DayPhase.Closed) return DayNotOpen;
        if (hall.Live == 0) return Decision.Of([.. Closed(hall, at)]);
        if (!force) return hall.Phase == DayPhase.Closing ? Rejection.DayClosing : new HallEvent.DayClosing(day);

        var left = hall.Tickets.Values.Where(ticket => ticket.Live).OrderBy(ticket => ticket.Order);
        return Decision.Of([.. SurgeRules.EndOfDay(hall, at), .. left.Select(ticket => new TicketAbandoned(ticket.Id, ticket.Number)), new DayClosed(day)]);
    }

    private static IEnumerable<HallEvent> Closed(HallState hall, DateTimeOffset at) => [.. SurgeRules.EndOfDay(hall, at), new DayClosed(hall.Day!.Value)];
}
