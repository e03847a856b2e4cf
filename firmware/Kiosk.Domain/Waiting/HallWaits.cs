using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Waiting;

/// <summary>What the hall has learned about its waits, a fold of its events. It outlives the business day: see <see cref="AtClose"/>.</summary>
public sealed record HallWaits
{
    /// <summary>A promise at the head of the line that is overdue by this much says that the line stands still: nothing is told until it moves.</summary>
    private const double Overdue = 1.25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static HallWaits Empty { get; } = new();

    public WaitModel Model { get; init; } = WaitModel.Start;

    /// <summary>How fast each service's line moves.</summary>
    public ImmutableDictionary<ServiceId, LinePace> Paces { get; init; } = ImmutableDictionary<ServiceId, LinePace>.Empty;

    /// <summary>When the day's first ticket was issued; null: none yet.</summary>
    public DateTimeOffset? Opening { get; init; }

    /// <summary>What was learned up to the last end of a day, and which: this is what is kept beside the journal.</summary>
    public LearnedWaits? AtClose { get; init; }

    /// <summary>
    /// What somebody who joins the line of the service now can be told. Null: nothing. A counter is free, none is open, the line is not calibrated yet (<see cref="LineTrust"/>), or what was
    /// told to those who wait does not hold.
    /// </summary>
    public WaitPromise? Promise(HallState hall, ServiceId service, PriorityClass? priority, DateTimeOffset at) =>
        Tells(hall, service, at) ? Estimate(hall, service, priority, at)?.Promise : null;

    /// <summary>Whether what is foretold for the service's line is good enough to be told.</summary>
    internal bool Tells(HallState hall, ServiceId service, DateTimeOffset at) => Model.Line(service.Value).Trust.Shown && !StandsStill(hall, service, at);

    /// <summary>The same, also where it is not good enough to be told. Null: a counter is free or none is open.</summary>
    public WaitEstimate? Estimate(HallState hall, ServiceId id, PriorityClass? priority, DateTimeOffset at)
    {
        if (!hall.Services.TryGetValue(id, out var service)) return null;
        var (open, serving) = (0, 0);
        foreach (var counter in hall.Counters.Values)
        {
            if (counter.Phase != CounterPhase.Open || !counter.Offers.Contains(id)) continue;
            open++;
            if (counter.Ticket is not null) serving++;
        }

        if (open == 0 || (serving < open && service.Line.IsEmpty)) return null;

        var pace = Pace(hall, id);
        var length = service.Line.Count + 1;
        var facts = new LineFacts(
            WaitingPlace.Of(hall.Site.Routing, service.Line, priority, at, TimeSpan.FromSeconds(pace.Service / open * length)),
            length,
            open,
            serving,
            null,
            priority is not null,
            Opening is { } opening ? (at - opening).TotalSeconds : 0,
            service.Line.First is { } first ? Math.Max(0, (at - first.Since).TotalSeconds) : 0,
            pace,
            Seconds(at));
        return Model.Estimate(id.Value, facts);
    }

    /// <summary>How many waits the service's line is still to show before any is told; 0: enough.</summary>
    public int Missing(ServiceId service) => Model.Line(service.Value).Trust.Missing;

    /// <param name="told">Null where no wait was foretold.</param>
    internal HallWaits Joined(WaitEstimate? told, DateTimeOffset at) => this with { Opening = Opening ?? at, Model = told is null ? Model : Model.Joined(told) };

    /// <param name="hall">After the call.</param>
    /// <param name="waiting">The ticket as it waited.</param>
    internal HallWaits Called(HallState hall, Ticket waiting, DateTimeOffset at)
    {
        // Who came back or was moved did not wait as a newcomer does.
        var waited = waiting.FirstCalledAt is null && waiting.Told is not null ? (at - waiting.IssuedAt).TotalSeconds : (double?)null;
        var left = hall.Services.TryGetValue(waiting.Service, out var service) ? service.Line.Count : 0;
        return this with
        {
            Paces = Paces.SetItem(waiting.Service, Pace(hall, waiting.Service).Called(Seconds(at), waited, left)),
            Model = waited is { } seconds ? Model.Learn(waiting.Service.Value, waiting.Told!, seconds) : Model,
        };
    }

    /// <param name="ticket">As it was at the counter.</param>
    internal HallWaits Finished(HallState hall, Ticket ticket, DateTimeOffset at) => ticket.CalledAt is { } called && called < at
        ? this with { Paces = Paces.SetItem(ticket.Service, Pace(hall, ticket.Service).Finished((at - called).TotalSeconds)) }
        : this;

    /// <param name="day">The day that ends; null: none was opened.</param>
    internal HallWaits EndOfDay(DateOnly? day)
    {
        var paces = Paces.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.NewDay());
        return this with { Paces = paces, Opening = null, AtClose = day is { } ended ? new(ended, Model, paces) : AtClose };
    }

    private LinePace Pace(HallState hall, ServiceId service) =>
        Paces.GetValueOrDefault(service) ?? new LinePace((hall.Site.Service(service)?.TypicalService ?? TimeSpan.FromMinutes(5)).TotalSeconds);

    private static bool StandsStill(HallState hall, ServiceId id, DateTimeOffset at) =>
        hall.Services.TryGetValue(id, out var service) && service.Line.First is { } first && hall.Tickets[first.Ticket].Told is { } told
        && at - first.Since > (TimeSpan.FromSeconds(told.To) * Overdue) + Patience;

    private static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;
}

/// <summary>What was learned up to the end of a business day.</summary>
public sealed record LearnedWaits(DateOnly Day, WaitModel Model, ImmutableDictionary<ServiceId, LinePace> Paces)
{
    /// <summary>With it a hall begins its next day.</summary>
    public HallWaits Waits => new() { Model = Model, Paces = Paces, AtClose = this };
}
