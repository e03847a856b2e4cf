using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>How long counters were open and clerks could serve, and what they did in that time.</summary>
internal sealed class CounterTally(StaffedTally staffed)
{
    private readonly SortedDictionary<CounterId, Desk> _desks = [];
    private readonly SortedDictionary<string, Work> _clerks = new(StringComparer.Ordinal);

    public IReadOnlyList<Seat> Seats => [.. _desks.Where(pair => pair.Value.Clerk is not null).Select(pair => new Seat(pair.Key.Value, pair.Value.Clerk!))];

    /// <summary>Counters that could serve, by the half hour.</summary>
    public IReadOnlyList<StaffedHalf> Staffed(DateTimeOffset asOf) => staffed.Halves(_desks.Values.Where(desk => desk.Could(asOf)).Select(desk => (desk.Since, asOf)));

    public void Sit(CounterId counter, string? clerk, DateTimeOffset at)
    {
        var desk = At(counter, at);
        desk.Clerk = clerk;
        if (clerk is not null) Of(clerk);
    }

    public void Turn(HallEvent fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case CounterOpened e: At(e.Counter, at).Phase = CounterPhase.Open; break;
            case CounterPaused e: At(e.Counter, at).Phase = CounterPhase.Paused; break;
            case CounterResumed e: At(e.Counter, at).Phase = CounterPhase.Open; break;
            case CounterClosed e: At(e.Counter, at).Phase = CounterPhase.Closed; break;
        }
    }

    public void CloseAll(DateTimeOffset at)
    {
        foreach (var counter in _desks.Keys) At(counter, at).Phase = CounterPhase.Closed;
    }

    public void Called(CounterId counter, DateTimeOffset at, string? who)
    {
        var desk = At(counter, at);
        desk.Customer = true;
        foreach (var work in Of(desk, who)) work.Calls++;
    }

    /// <summary>The customer is no longer at the counter.</summary>
    /// <param name="serving">How long they were served.</param>
    public void Left(CounterId counter, DateTimeOffset at, TimeSpan serving, string? who, Ending ending)
    {
        var desk = At(counter, at);
        desk.Customer = false;
        foreach (var work in Of(desk, who))
        {
            work.Serving += serving;
            if (ending == Ending.NoShow) work.NoShow++;
            if (ending != Ending.Served) continue;
            work.Served++;
            work.ServiceTime += serving;
        }
    }

    public IReadOnlyList<CounterFigures> Counters(DateTimeOffset asOf, IReadOnlyDictionary<CounterId, TimeSpan> now, RatingTally ratings)
    {
        var rated = ratings.Counters.ToHashSet();
        return
        [
            .. from id in _desks.Keys.Union(rated).Order()
               let desk = _desks.GetValueOrDefault(id) ?? new Desk()
               let open = desk.Open + desk.Running(asOf).Open
               let paused = desk.Paused + desk.Running(asOf).Paused
               let serving = desk.Work.Serving + now.GetValueOrDefault(id)
               where open > TimeSpan.Zero || desk.Work.Calls > 0 || rated.Contains(id)
               select new CounterFigures(
                   id.Value, Seconds(open), Seconds(paused), Seconds(serving), desk.Work.Calls, desk.Work.Served, desk.Work.NoShow, Seconds(desk.Work.ServiceTime), ratings.OfCounter(id)),
        ];
    }

    public IReadOnlyList<ClerkFigures> Clerks(DateTimeOffset asOf, IReadOnlyDictionary<CounterId, TimeSpan> now, RatingTally ratings)
    {
        var seated = _desks.Where(pair => pair.Value.Clerk is not null).ToLookup(pair => pair.Value.Clerk!);
        return
        [
            .. from clerk in _clerks.Keys.Union(ratings.Clerks).Order(StringComparer.Ordinal)
               let work = _clerks.GetValueOrDefault(clerk) ?? new Work()
               let here = seated[clerk].Aggregate(TimeSpan.Zero, (sum, pair) => sum + pair.Value.Running(asOf).Open - pair.Value.Running(asOf).Paused)
               let serving = seated[clerk].Aggregate(work.Serving, (sum, pair) => sum + now.GetValueOrDefault(pair.Key))
               select new ClerkFigures(
                   clerk, Seconds(work.Available + here), Seconds(serving), work.Calls, work.Served, work.NoShow, Seconds(work.ServiceTime), ratings.OfClerk(clerk)),
        ];
    }

    // The time until now is counted by what was the case; then the caller changes it.
    private Desk At(CounterId id, DateTimeOffset at)
    {
        if (!_desks.TryGetValue(id, out var desk)) _desks[id] = desk = new();
        var (open, paused) = desk.Running(at);
        if (desk.Could(at)) staffed.Add(desk.Since, at);
        desk.Open += open;
        desk.Paused += paused;
        if (desk.Clerk is { } clerk) Of(clerk).Available += open - paused;
        desk.Since = at;
        return desk;
    }

    // What happens at a counter is the work of who sits there, else of who pressed the key.
    private Work[] Of(Desk desk, string? who) => (desk.Clerk ?? who) is { } clerk ? [desk.Work, Of(clerk)] : [desk.Work];

    private Work Of(string clerk)
    {
        if (!_clerks.TryGetValue(clerk, out var work)) _clerks[clerk] = work = new();
        return work;
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private sealed class Desk
    {
        public CounterPhase Phase { get; set; } = CounterPhase.Closed;

        public bool Customer { get; set; }

        public string? Clerk { get; set; }

        public DateTimeOffset Since { get; set; }

        public TimeSpan Open { get; set; }

        public TimeSpan Paused { get; set; }

        public Work Work { get; } = new();

        /// <summary>Whether it could serve since the last change.</summary>
        public bool Could(DateTimeOffset at) => Running(at) is var (open, paused) && open > paused;

        /// <summary>Since the last change. With a customer in front of it a counter works, also where it is to pause afterwards.</summary>
        public (TimeSpan Open, TimeSpan Paused) Running(DateTimeOffset at)
        {
            if (Phase == CounterPhase.Closed || at <= Since) return default;
            return (at - Since, Phase == CounterPhase.Paused && !Customer ? at - Since : TimeSpan.Zero);
        }
    }

    private sealed class Work
    {
        public TimeSpan Available { get; set; }

        public TimeSpan Serving { get; set; }

        public TimeSpan ServiceTime { get; set; }

        public int Calls { get; set; }

        public int Served { get; set; }

        public int NoShow { get; set; }
    }
}

/// <summary>How a customer left a counter.</summary>
internal enum Ending
{
    Served,
    NoShow,

    /// <summary>Held, transferred, or there when the day was closed.</summary>
    Aside,
}
