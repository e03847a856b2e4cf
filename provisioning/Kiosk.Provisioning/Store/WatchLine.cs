using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>A copy's state as one JSON line, for programs.</summary>
/// <param name="Connection"><c>connected</c>, <c>connecting</c>, <c>away</c>, <c>refused</c>.</param>
/// <param name="Online">As the hall says of itself; null: nothing was heard of it.</param>
/// <param name="Acknowledged">The last seq that was said to the hall in this connection and taken by the broker, 0 = none.</param>
/// <param name="Waiting">Null until the hall has described itself.</param>
internal sealed record WatchLine(
    DateTimeOffset At, string Hall, string Connection, bool? Online, int Epoch, long Seq, long Behind, long Acknowledged, bool CaughtUp, bool Gap,
    CopyFigures Figures, long Missing, long Unfolded, long Unknown, string? Trouble, string? Doubt, int? Waiting,
    IReadOnlyList<ServiceLine>? Services, IReadOnlyList<CounterLine>? Counters)
{
    public static string Of(CopyView view, DateTimeOffset now) => JsonSerializer.Serialize(
        new WatchLine(
            now, view.Hall, Words(view.Connection), view.Word.Latest?.Online, view.Place.Epoch, view.Place.Seq, view.Behind, view.Acknowledged.Seq, view.CaughtUp, view.Gap is not null,
            view.Figures, view.Missing, view.Unfolded, view.Unknown, Why(view), view.Doubt, view.Snapshot?.State.Waiting,
            ServiceLine.Of(view, now), CounterLine.Of(view)),
        Json.Shape);

    public static string Words(MqttState state) => state switch
    {
        MqttState.Connected => "connected",
        MqttState.Away => "away",
        MqttState.Refused => "refused",
        _ => "connecting",
    };

    /// <summary>Why there is no connection comes first.</summary>
    public static string? Why(CopyView view) => view.Connection switch
    {
        MqttState.Away away => away.Reason,
        MqttState.Refused refused => refused.Reason,
        _ => view.Trouble,
    };
}

/// <param name="LongestWaitSeconds">Null where nobody waits.</param>
/// <param name="LastCalled">The number that was called last today, or null.</param>
internal sealed record ServiceLine(string Service, string Name, int Waiting, int? LongestWaitSeconds, int Issued, string? LastCalled)
{
    public static IReadOnlyList<ServiceLine>? Of(CopyView view, DateTimeOffset now)
    {
        if (view is not { Snapshot.State: { } state, Profile: { } profile }) return null;

        var called = state.Tickets.Values.Where(ticket => ticket.CalledAt is not null).ToLookup(ticket => ticket.Service);
        return
        [
            .. profile.Services.Select(service => (service, line: state.Services[service.Id])).Select(pair => new ServiceLine(
                pair.service.Id.Value,
                pair.service.Name.In(profile.DefaultLanguage),
                pair.line.Line.Count,
                pair.line.Line.First is { } first ? (int)Math.Max(0, (now - first.Since).TotalSeconds) : null,
                pair.line.Issued,
                called[pair.service.Id].MaxBy(ticket => ticket.CalledAt)?.Number.ToString())),
        ];
    }
}

/// <param name="State"><c>open</c>, <c>paused</c>, <c>closed</c>.</param>
/// <param name="Ticket">Called or served there, or null.</param>
/// <param name="Phase"><c>called</c>, <c>serving</c>, or null.</param>
internal sealed record CounterLine(int Counter, string State, string? Ticket, string? Phase)
{
    public static IReadOnlyList<CounterLine>? Of(CopyView view) => view.Snapshot?.State is not { } state
        ? null
        : [.. state.Counters.Values.Select(counter => new CounterLine(
            counter.Id.Value,
            counter.Phase switch
            {
                CounterPhase.Open => "open",
                CounterPhase.Paused => "paused",
                _ => "closed",
            },
            state.At(counter)?.Number.ToString(),
            state.At(counter)?.Phase switch
            {
                TicketPhase.Called => "called",
                TicketPhase.Serving => "serving",
                _ => null,
            }))];
}
