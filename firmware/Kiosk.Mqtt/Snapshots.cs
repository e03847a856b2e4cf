using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting;

namespace Kiosk.Mqtt;

/// <summary>The hall as the retained texts show it.</summary>
internal static class Snapshots
{
    public const int Version = 1;

    /// <summary>Every retained state topic with its payload, the hall first.</summary>
    /// <param name="waits">What is told of the wait for each service; not part of what the events say.</param>
    public static IEnumerable<(string Topic, object Payload)> Of(HallSnapshot snapshot, HallProfile profile, Topics topics, IReadOnlyDictionary<ServiceId, WaitRange>? waits = null)
    {
        var board = Board.Of(snapshot.State, profile, waits);
        yield return (topics.HallState, Hall(snapshot, board, profile));
        foreach (var service in board.Services) yield return (topics.ServiceState(service.Id), Service(snapshot, board, service, profile));
        foreach (var counter in board.Counters) yield return (topics.CounterState(counter.Id), Counter(snapshot, counter, profile));
    }

    /// <summary>The same payload with another moment, to see whether only the moment changed.</summary>
    public static object At(object payload, long seq, DateTimeOffset ts) => payload switch
    {
        HallPayload hall => hall with { Seq = seq, Ts = ts },
        ServicePayload service => service with { Seq = seq, Ts = ts },
        CounterPayload counter => counter with { Seq = seq, Ts = ts },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static HallPayload Hall(HallSnapshot snapshot, Board board, HallProfile profile) => new(
        Version,
        profile.Id,
        snapshot.Epoch,
        snapshot.Seq,
        snapshot.At,
        OfficeName(profile),
        board.Phase switch
        {
            DayPhase.Open => "Open",
            DayPhase.Closing => "Suspended",
            _ => "Closed",
        },
        board.Day,
        snapshot.State.Waiting,
        [.. board.Calls.Select(call => new CallPayload(call.Number.ToString(), call.Counter.Value, call.At, call.Times))])
    {
        Surge = profile.Surge.IsEmpty ? null : [.. profile.Surge.Select(plan => SurgeSnapshot.Of(SurgeView.Of(snapshot.State, plan), profile.DefaultLanguage))],
    };

    private static ServicePayload Service(HallSnapshot snapshot, Board board, BoardService service, HallProfile profile)
    {
        var served = snapshot.State.Counters.Values
            .Select(snapshot.State.At)
            .OfType<Ticket>()
            .Where(ticket => ticket.Service == service.Id)
            .MaxBy(ticket => ticket.CalledAt);
        return new(
            Version,
            profile.Id,
            snapshot.Epoch,
            snapshot.Seq,
            snapshot.At,
            $"urn:ngsi-ld:QueueMonitor:{profile.Id}:{service.Id}",
            "QueueMonitor",
            OfficeName(profile),
            service.Id.Value,
            service.Name.In(profile.DefaultLanguage),
            service.Letter.ToString(),
            board.Phase == DayPhase.Closed ? "Closed" : service.OpenCounters.IsEmpty ? "Suspended" : "Open",
            service.Issued,
            service.Issued == 0 ? null : new TicketNumber(service.Letter, service.Issued).ToString(),
            served?.Number.Serial,
            served?.Number.ToString(),
            service.Waiting,
            service.LongestSince,
            (int)service.TargetWait.TotalSeconds,
            [.. service.OpenCounters.Select(counter => counter.Value)],
            service.Wait?.From,
            service.Wait?.To);
    }

    private static CounterPayload Counter(HallSnapshot snapshot, BoardCounter counter, HallProfile profile) => new(
        Version,
        profile.Id,
        snapshot.Epoch,
        snapshot.Seq,
        snapshot.At,
        counter.Id.Value,
        counter.Phase switch
        {
            CounterPhase.Open => "Open",
            CounterPhase.Paused => "Suspended",
            _ => "Closed",
        },
        counter.Number?.Serial,
        counter.Number?.ToString(),
        counter.Ticket switch
        {
            TicketPhase.Called => "called",
            TicketPhase.Serving => "serving",
            _ => null,
        },
        counter.CalledAt,
        counter.Calls);

    private static string OfficeName(HallProfile profile) => profile.Name.In(profile.DefaultLanguage);
}
