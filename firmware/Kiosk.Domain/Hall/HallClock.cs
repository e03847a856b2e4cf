using Kiosk.Domain.Site;

namespace Kiosk.Domain.Hall;

/// <summary>What time alone asks of the hall. Pure: the host asks now and then and sends the commands in, where they are decided like everybody's.</summary>
public static class HallClock
{
    /// <summary>Held tickets whose time is up, surge plans whose timers ran out, and customers who have arrived at their counter where the hall's rules let the clock say so.</summary>
    public static IEnumerable<HallCommand> Due(HallState hall, DateTimeOffset at)
    {
        if (hall.Phase == DayPhase.Closed) yield break;

        foreach (var timer in hall.Timers.TakeWhile(timer => timer.Until <= at)) yield return new HallCommand.ResumeTicket(timer.Ticket);

        if (SurgeRules.Due(hall, at)) yield return new HallCommand.KeepSurge();

        if (!hall.Rules.BeginOnArrival) yield break;
        foreach (var counter in hall.Counters.Values)
        {
            if (hall.At(counter) is { Phase: TicketPhase.Called } called && called.CalledAt + hall.Rules.Walking <= at) yield return new HallCommand.Begin(counter.Id, called.Id);
        }
    }

    /// <summary>The change of day that is due, or null. Not to be asked while the clock cannot be trusted.</summary>
    /// <param name="at">Not before the last event: a board whose clock is behind changes no day.</param>
    public static HallCommand? DueDay(HallState hall, DateTimeOffset at)
    {
        var (today, time) = HallHours.Local(hall.Site, at);
        if (hall.Phase == DayPhase.Closed) return Opens(hall, today, at) ? new HallCommand.OpenDay(today) : null;

        if (hall.Day >= today)
        {
            // A day off that somebody opened all the same has no closing time: they close it.
            var over = hall.Rules.KeepHours && hall.Phase == DayPhase.Open && at >= HallHours.Closing(hall.Site, hall.Day.Value);
            return over ? new HallCommand.CloseDay() : null;
        }

        // Past midnight with customers still here, or where people close the day: until the rollover.
        var late = time >= hall.Rules.Rollover.ToTimeSpan() || hall.Day < today.AddDays(-1);
        return late || (hall.Live == 0 && hall.Rules.Opening == DayOpening.Automatic) ? new HallCommand.CloseDay(Force: true) : null;
    }

    private static bool Opens(HallState hall, DateOnly today, DateTimeOffset at) =>
        hall.Rules.Opening == DayOpening.Automatic
        && !(hall.Day >= today)
        && (!hall.Rules.KeepHours || HallHours.Closing(hall.Site, today) > at);
}
