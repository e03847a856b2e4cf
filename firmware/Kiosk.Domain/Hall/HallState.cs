using System.Collections.Immutable;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Hall;

public enum DayPhase
{
    Closed,
    Open,

    /// <summary>No more tickets; the waiting are served.</summary>
    Closing,
}

public enum CounterPhase
{
    Closed,
    Open,
    Paused,
}

/// <param name="Issued">Serial number of the last ticket of the day.</param>
/// <param name="Line">Who waits for any counter of the service, first issued first.</param>
public sealed record Service(ServiceId Id, char Letter, int DailyLimit, int Issued, ImmutableSortedSet<Place> Line);

/// <param name="Line">Who waits for this counter only.</param>
/// <param name="Ticket">Called or being served here.</param>
public sealed record Counter(CounterId Id, CounterKind Kind, ImmutableArray<ServiceId> Offers, CounterPhase Phase, TicketId? Ticket, ImmutableSortedSet<Place> Line);

/// <param name="Times">1 = first call.</param>
public readonly record struct RecentCall(TicketNumber Number, CounterId Counter, DateTimeOffset At, int Times);

/// <summary>The hall at one moment: a fold of the business day's events over the profile.</summary>
/// <param name="Day">The business day, or the last one where <see cref="DayPhase.Closed"/>; null in a new hall.</param>
/// <param name="Live">How many tickets have not ended.</param>
/// <param name="Slips">Slips that are not on paper yet.</param>
/// <param name="Printing">Whether the hall has a ticket printer.</param>
/// <param name="Calls">The latest calls, newest first, at most <see cref="CallsKept"/>.</param>
public sealed record HallState(
    DayPhase Phase,
    DateOnly? Day,
    ImmutableDictionary<ServiceId, Service> Services,
    ImmutableSortedDictionary<CounterId, Counter> Counters,
    ImmutableDictionary<TicketId, Ticket> Tickets,
    int Live,
    long NextOrder,
    ImmutableDictionary<SlipId, OpenSlip> Slips,
    ImmutableList<RecentCall> Calls,
    bool Printing,
    TimeSpan NoShowGrace)
{
    public const int CallsKept = 12;

    /// <summary>A hall before its first day.</summary>
    public static HallState For(HallProfile profile, bool printing) => new(
        DayPhase.Closed,
        null,
        profile.Services.ToImmutableDictionary(s => s.Id, s => new Service(s.Id, s.Letter, s.DailyLimit, 0, [])),
        profile.Counters.ToImmutableSortedDictionary(c => c.Number, c => new Counter(c.Number, c.Kind, c.Services, CounterPhase.Closed, null, [])),
        ImmutableDictionary<TicketId, Ticket>.Empty,
        0,
        0,
        ImmutableDictionary<SlipId, OpenSlip>.Empty,
        [],
        printing,
        profile.Rules.NoShowGrace);

    /// <summary>The ticket that is called to or served at a counter.</summary>
    public Ticket? At(Counter counter) => counter.Ticket is { } id ? Tickets[id] : null;

    public int Waiting => Services.Values.Sum(service => service.Line.Count) + Counters.Values.Sum(counter => counter.Line.Count);
}
