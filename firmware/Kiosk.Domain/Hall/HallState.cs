using System.Collections.Immutable;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Domain.Waiting.Surge;

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
/// <param name="Line">Who waits for any counter of the service.</param>
public sealed record Service(ServiceId Id, char Letter, int DailyLimit, int Issued, Line Line)
{
    /// <summary>Calls of the day: by them a no-show learns how long it was away.</summary>
    public int Calls { get; init; }

    /// <summary>Customers served today, and what it took: the mean that long waits are told by.</summary>
    public int Served { get; init; }

    public TimeSpan ServiceTime { get; init; }
}

/// <param name="Offers">In order of preference.</param>
/// <param name="Line">Who waits for this counter only.</param>
/// <param name="Ticket">Called or being served here.</param>
public sealed record Counter(CounterId Id, CounterKind Kind, ImmutableArray<ServiceId> Offers, CounterPhase Phase, TicketId? Ticket, Line Line)
{
    /// <summary>Services that no normal counter offers: their customers are this VIP or priority counter's own.</summary>
    public ImmutableHashSet<ServiceId> Own { get; init; } = [];

    /// <summary>Who is signed in here, or null.</summary>
    public string? Clerk { get; init; }

    /// <summary>When the last customer left, or it was opened.</summary>
    public DateTimeOffset FreeSince { get; init; }
}

public readonly record struct HoldTimer(DateTimeOffset Until, TicketId Ticket) : IComparable<HoldTimer>
{
    public int CompareTo(HoldTimer other) =>
        Until.CompareTo(other.Until) is var byTime and not 0 ? byTime : string.CompareOrdinal(Ticket.Value, other.Ticket.Value);
}

/// <param name="Times">1 = first call.</param>
public readonly record struct RecentCall(TicketNumber Number, CounterId Counter, DateTimeOffset At, int Times);

/// <summary>The hall at one moment: a fold of the business day's events over the profile.</summary>
/// <param name="Site">The profile: rules, routing, hours.</param>
/// <param name="Day">The business day, or the last one where <see cref="DayPhase.Closed"/>; null in a new hall.</param>
/// <param name="Live">How many tickets have not ended.</param>
/// <param name="Slips">Slips that are not on paper yet.</param>
/// <param name="Printing">Whether the hall has a ticket printer.</param>
/// <param name="Calls">The latest calls, newest first, at most <see cref="CallsKept"/>.</param>
public sealed record HallState(
    HallProfile Site,
    DayPhase Phase,
    DateOnly? Day,
    ImmutableDictionary<ServiceId, Service> Services,
    ImmutableSortedDictionary<CounterId, Counter> Counters,
    ImmutableDictionary<TicketId, Ticket> Tickets,
    int Live,
    long NextOrder,
    ImmutableDictionary<SlipId, OpenSlip> Slips,
    ImmutableList<RecentCall> Calls,
    bool Printing)
{
    public const int CallsKept = 12;

    /// <summary>A hall before its first day.</summary>
    public static HallState For(HallProfile profile, bool printing) => new(
        profile,
        DayPhase.Closed,
        null,
        profile.Services.ToImmutableDictionary(s => s.Id, s => new Service(s.Id, s.Letter, s.DailyLimit, 0, Line.Empty)),
        profile.Counters.ToImmutableSortedDictionary(c => c.Number, c => new Counter(c.Number, c.Kind, c.Services, CounterPhase.Closed, null, Line.Empty) { Own = Own(profile, c) }),
        ImmutableDictionary<TicketId, Ticket>.Empty,
        0,
        0,
        ImmutableDictionary<SlipId, OpenSlip>.Empty,
        [],
        printing) { Ledger = profile.Payments is { } payments ? LedgerState.For(payments) : null };

    /// <summary>Held tickets that the clock puts back in line, the first due first.</summary>
    public ImmutableSortedSet<HoldTimer> Timers { get; init; } = [];

    /// <summary>The money of the self-service terminal; null: the hall has none. It outlives the business day.</summary>
    public LedgerState? Ledger { get; init; }

    /// <summary>What was learned about waits, by which those of today are foretold.</summary>
    public HallWaits Waits { get; init; } = HallWaits.Empty;

    /// <summary>Where each plan of further staff stands, by its id; a plan that has seen nothing today is missing.</summary>
    public ImmutableDictionary<string, SurgeState> Surge { get; init; } = ImmutableDictionary<string, SurgeState>.Empty;

    public SurgeState SurgeOf(SurgePlan plan) => Surge.GetValueOrDefault(plan.Id) ?? SurgeState.Empty;

    public HallRules Rules => Site.Rules;

    /// <summary>The ticket that is called to or served at a counter.</summary>
    public Ticket? At(Counter counter) => counter.Ticket is { } id ? Tickets[id] : null;

    public int Waiting => Services.Values.Sum(service => service.Line.Count) + Counters.Values.Sum(counter => counter.Line.Count);

    /// <summary>The counter, or null where it has closed meanwhile: nobody waits for that one alone.</summary>
    internal CounterId? UnlessClosed(CounterId? counter) =>
        counter is { } id && Counters.TryGetValue(id, out var state) && state.Phase != CounterPhase.Closed ? counter : null;

    /// <summary>The line in which a waiting ticket stands.</summary>
    public Line LineOf(Ticket ticket) => ticket.OnlyAt is { } counter ? Counters[counter].Line : Services[ticket.Service].Line;

    /// <summary>The customer has VIP priority, or a service of which only VIP counters know.</summary>
    public bool IsVip(Ticket ticket) =>
        ticket.Class == PriorityClass.Vip || Counters.Values.Any(counter => counter.Kind == CounterKind.Vip && counter.Own.Contains(ticket.Service));

    private static ImmutableHashSet<ServiceId> Own(HallProfile profile, CounterProfile counter) => counter.Kind == CounterKind.Normal
        ? []
        : [.. counter.Services.Where(service => profile.Counters.All(other => other.Kind != CounterKind.Normal || !other.Services.Contains(service)))];
}
