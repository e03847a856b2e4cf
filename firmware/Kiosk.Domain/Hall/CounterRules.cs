using System.Diagnostics;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Hall.Rejection;

namespace Kiosk.Domain.Hall;

/// <summary>Clerks sit down, leave the seat and come back.</summary>
internal static class CounterRules
{
    public static Decision Decide(HallState hall, HallCommand command) => command switch
    {
        OpenCounter open => At(hall, open.Counter, Open),
        PauseCounter pause => At(hall, pause.Counter, Pause),
        ResumeCounter resume => At(hall, resume.Counter, Resume),
        CloseCounter close => At(hall, close.Counter, Close),
        StaffCounter sit => Sit(hall, sit.Counter, sit.Clerk),
        LeaveCounter stand => Stand(hall, stand),
        _ => throw new UnreachableException(),
    };

    private static Decision At(HallState hall, CounterId id, Func<Counter, Decision> rule)
    {
        if (!hall.Counters.TryGetValue(id, out var counter)) return UnknownCounter;
        return hall.Phase == DayPhase.Closed ? DayNotOpen : rule(counter);
    }

    // A clerk sits at one counter and a counter has one clerk. Also before the day opens.
    private static Decision Sit(HallState hall, CounterId id, string clerk)
    {
        if (!hall.Counters.ContainsKey(id)) return UnknownCounter;

        var left = hall.Counters.Values.Where(counter => counter.Clerk is not null && (counter.Id == id || counter.Clerk == clerk));
        return Decision.Of([.. left.Select(counter => new CounterLeft(counter.Id, counter.Clerk!)), new CounterStaffed(id, clerk)]);
    }

    private static Decision Stand(HallState hall, LeaveCounter stand)
    {
        var left = hall.Counters.Values.Where(counter => counter.Clerk == stand.Clerk && (stand.Counter is null || counter.Id == stand.Counter)).ToList();
        return left.Count == 0 ? NotAtCounter : Decision.Of([.. left.Select(counter => new CounterLeft(counter.Id, stand.Clerk))]);
    }

    private static Decision Open(Counter counter) =>
        counter.Phase == CounterPhase.Closed ? new CounterOpened(counter.Id) : CounterAlreadyOpen;

    private static Decision Pause(Counter counter) => counter.Phase switch
    {
        CounterPhase.Open => new CounterPaused(counter.Id),
        CounterPhase.Paused => Rejection.CounterPaused,
        _ => Rejection.CounterClosed,
    };

    private static Decision Resume(Counter counter) => counter.Phase switch
    {
        CounterPhase.Paused => new CounterResumed(counter.Id),
        CounterPhase.Open => CounterNotPaused,
        _ => Rejection.CounterClosed,
    };

    private static Decision Close(Counter counter)
    {
        if (counter.Phase == CounterPhase.Closed) return Rejection.CounterClosed;
        return counter.Ticket is null ? new CounterClosed(counter.Id) : CounterBusy;
    }
}
