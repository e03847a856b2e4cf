using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Simulation.Day;

namespace Kiosk.Simulation.Waits;

/// <summary>A customer of the simulated hall: what was told when the number was taken, and what came.</summary>
internal sealed class Visit(ServiceId service, DateTimeOffset issued, WaitPromise? told)
{
    public ServiceId Service => service;

    public DateTimeOffset Issued => issued;

    public WaitPromise? Told => told;

    /// <summary>Seconds; null: never called.</summary>
    public double? Wait { get; set; }
}

/// <summary>What somebody who joined at that moment would have been told; null: nothing.</summary>
internal sealed record Quote(DateTimeOffset At, ServiceId Service, WaitPromise? Told);

/// <summary>Days of a small hall by the real rules: four counters for bills, two for new lines. Clerks call as soon as they are free.</summary>
internal sealed class WaitingHall
{
    public static readonly ServiceId Pay = new("pay"), Lines = new("lines");

    private static readonly TimeSpan Asked = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Open = TimeSpan.FromHours(9), LastTicket = TimeSpan.FromHours(17);

    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _agenda = new();
    private readonly Dictionary<TicketId, Visit> _waiting = [];
    private readonly HashSet<CounterId> _away = [];
    private readonly Chance _chance;
    private long _order;
    private DateTimeOffset _now;

    public WaitingHall(int seed)
    {
        _chance = new(seed);
        State = HallState.For(Profile, printing: false);
    }

    public HallState State { get; private set; }

    public List<Visit> Visits { get; } = [];

    public List<Quote> Quotes { get; } = [];

    private static HallProfile Profile { get; } = new(
        "waits",
        Texts.Of(("en", "Hall of the waiting times")),
        TimeZoneInfo.Utc,
        ["en"],
        [new(Pay, 'A', Texts.Of(("en", "Bills")), TimeSpan.FromMinutes(10), 999), new(Lines, 'B', Texts.Of(("en", "New lines")), TimeSpan.FromMinutes(20), 999)],
        [.. Enumerable.Range(1, 6).Select(number => new CounterProfile(new(number), CounterKind.Normal, [number <= 4 ? Pay : Lines]))],
        new OpeningHours(ImmutableDictionary<DayOfWeek, ImmutableArray<OpenSpan>>.Empty),
        [],
        new MqttProfile(false, null, 1883, null, null),
        new HallRules(DayOpening.Manual, TimeSpan.FromMinutes(15), new TimeOnly(4, 0)) { LongWait = TimeSpan.Zero },
        null);

    /// <param name="plan">What is out of order on that day.</param>
    public void Run(DateOnly day, DayPlan plan)
    {
        Visits.Clear();
        Quotes.Clear();
        var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        _now = midnight + Open;
        Do(new HallCommand.OpenDay(day));
        foreach (var counter in Profile.Counters)
        {
            if (counter.Services[0] == Lines && plan.LinesOpen is { } late) At(midnight + late, () => Sit(counter.Number));
            else Sit(counter.Number);
        }

        foreach (var (service, between) in new[] { (Pay, TimeSpan.FromSeconds(78)), (Lines, TimeSpan.FromMinutes(5.4)) }) At(midnight + Open + _chance.Exponential(between), () => Arrive(service, between, midnight + LastTicket));
        for (var at = midnight + Open; at < midnight + LastTicket; at += Asked) At(at, Ask);
        if (plan.Burst is { } burst)
        {
            for (var person = 0; person < plan.BurstOf; person++) At(midnight + burst + _chance.Between(0, 300), () => Take(Pay));
        }

        if (plan.Lunch is var (from, until))
        {
            At(midnight + from, () => _away.UnionWith(Profile.Counters.Select(counter => counter.Number)));
            At(midnight + from, () => Leave(Profile.Counters.Select(counter => counter.Number)));
            At(midnight + until, Back);
        }

        while (_agenda.TryDequeue(out var next, out var when))
        {
            _now = when.At;
            next();
        }

        Do(new HallCommand.CloseDay(Force: true));
        if (State.Phase != DayPhase.Closed) throw new InvalidOperationException($"The day did not close: it is {State.Phase}.");
    }

    private void Arrive(ServiceId service, TimeSpan between, DateTimeOffset last)
    {
        if (_now >= last) return;
        Take(service);
        At(_now + _chance.Exponential(between), () => Arrive(service, between, last));
    }

    private void Take(ServiceId service)
    {
        var id = new TicketId(_chance.Code(12));
        var told = Do(new HallCommand.TakeTicket(id, service, "en", Print: false)).OfType<HallEvent.TicketIssued>().Single().Promise;
        _waiting[id] = new(service, _now, told);
        Visits.Add(_waiting[id]);
        foreach (var counter in State.Counters.Values.Where(counter => counter is { Phase: CounterPhase.Open, Ticket: null } && counter.Offers.Contains(service)).Take(1).ToList()) Call(counter.Id);
    }

    private void Sit(CounterId counter)
    {
        Do(new HallCommand.OpenCounter(counter));
        Call(counter);
    }

    private void Call(CounterId counter)
    {
        foreach (var called in Do(new HallCommand.CallNext(counter)).OfType<HallEvent.TicketCalled>())
        {
            if (_waiting.Remove(called.Ticket, out var visit)) visit.Wait = (_now - visit.Issued).TotalSeconds;
            At(_now + _chance.Skewed(called.Service == Pay ? TimeSpan.FromMinutes(4) : TimeSpan.FromMinutes(10)), () => Finish(counter));
        }
    }

    private void Finish(CounterId counter)
    {
        Do(new HallCommand.Finish(counter));
        if (_away.Contains(counter)) Do(new HallCommand.PauseCounter(counter));
        else Call(counter);
    }

    // Who serves finishes the customer first.
    private void Leave(IEnumerable<CounterId> counters)
    {
        foreach (var counter in counters.Where(id => State.Counters[id] is { Phase: CounterPhase.Open, Ticket: null })) Do(new HallCommand.PauseCounter(counter));
    }

    private void Back()
    {
        _away.Clear();
        foreach (var counter in State.Counters.Values.Where(counter => counter.Phase == CounterPhase.Paused).Select(counter => counter.Id).ToList())
        {
            Do(new HallCommand.ResumeCounter(counter));
            Call(counter);
        }
    }

    private void Ask()
    {
        foreach (var service in Profile.Services) Quotes.Add(new(_now, service.Id, State.Waits.Promise(State, service.Id, null, _now)));
    }

    private ImmutableArray<HallEvent> Do(HallCommand command)
    {
        var decision = HallDecider.Decide(State, command, _now);
        State = HallDecider.Evolve(State, decision.Events, _now);
        return decision.Rejection is null ? decision.Events : [];
    }

    private void At(DateTimeOffset at, Action what) => _agenda.Enqueue(what, (at, _order++));
}

/// <summary>What is out of order on a day. Times are of the day.</summary>
internal sealed record DayPlan((TimeSpan From, TimeSpan Until)? Lunch = null, TimeSpan? LinesOpen = null, TimeSpan? Burst = null, int BurstOf = 0);
