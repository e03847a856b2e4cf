using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Views;

/// <summary>What everybody in the hall may see: counters, latest calls, how many wait.</summary>
public sealed record Board(
    DayPhase Phase,
    DateOnly? Day,
    ImmutableArray<BoardCounter> Counters,
    ImmutableArray<BoardService> Services,
    ImmutableArray<RecentCall> Calls)
{
    public int Waiting => Services.Sum(service => service.Waiting);

    /// <param name="waits">What somebody without priority who joins a line now is told; services that are not in it: nothing.</param>
    public static Board Of(HallState hall, HallProfile profile, IReadOnlyDictionary<ServiceId, WaitRange>? waits = null) => new(
        hall.Phase,
        hall.Day,
        [.. hall.Counters.Values.Select(counter => BoardCounter.Of(hall, counter))],
        [.. profile.Services.Select(service => BoardService.Of(hall, service) with { Wait = waits?.GetValueOrDefault(service.Id) })],
        [.. hall.Calls]);
}

/// <param name="Number">Called or being served here, or null.</param>
/// <param name="CalledAt">Of the latest call or recall.</param>
public sealed record BoardCounter(CounterId Id, CounterPhase Phase, TicketNumber? Number, TicketPhase? Ticket, DateTimeOffset? CalledAt, int Calls)
{
    public static BoardCounter Of(HallState hall, Counter counter) =>
        hall.At(counter) is { } ticket
            ? new(counter.Id, counter.Phase, ticket.Number, ticket.Phase, ticket.CalledAt, ticket.Calls)
            : new(counter.Id, counter.Phase, null, null, null, 0);
}

/// <param name="Waiting">People in the line of the service.</param>
/// <param name="LongestSince">When the first in line took a number; null when nobody waits.</param>
public sealed record BoardService(ServiceId Id, char Letter, Texts Name, TimeSpan TargetWait, int Waiting, DateTimeOffset? LongestSince, int Issued, ImmutableArray<CounterId> OpenCounters)
{
    /// <summary>What somebody without priority who takes a number now is told; null: nothing, because nothing is known well enough.</summary>
    public WaitRange? Wait { get; init; }

    public static BoardService Of(HallState hall, ServiceProfile profile)
    {
        var service = hall.Services[profile.Id];
        return new(
            profile.Id,
            profile.Letter,
            profile.Name,
            profile.TargetWait,
            service.Line.Count,
            service.Line.First?.Since,
            service.Issued,
            [.. hall.Counters.Values.Where(c => c.Phase == CounterPhase.Open && c.Offers.Contains(profile.Id)).Select(c => c.Id)]);
    }
}
