using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>What became of each ticket, and how long it took.</summary>
internal sealed class TicketTally(ReportTerms terms, DateOnly day, CounterTally counters)
{
    private readonly Dictionary<TicketId, Track> _tickets = [];
    private readonly Dictionary<(string Service, HalfHour Half), int> _issued = [];
    private readonly SortedDictionary<HalfHour, Half> _halves = [];
    private readonly List<Waited> _waits = [];
    private readonly List<(string Service, int Seconds)> _services = [];
    private readonly Dictionary<int, int> _rules = [];
    private int _waiting;

    /// <summary>Every service that a ticket was issued for or moved to.</summary>
    public IEnumerable<string> Services => _tickets.Values.Select(ticket => ticket.Service).Concat(_waits.Select(wait => wait.Service)).Concat(_services.Select(one => one.Service));

    public void Add(HallEvent fact, DateTimeOffset at, string? who)
    {
        switch (fact)
        {
            case TicketIssued e: Issue(e, at); break;
            case TicketCalled e: With(e.Ticket, ticket => Call(ticket, e, at, who)); break;
            case TicketRecalled e: With(e.Ticket, ticket => ticket.CalledAt = at); break;
            case ServiceBegun e: With(e.Ticket, ticket => (ticket.Phase, ticket.BegunAt) = (TicketPhase.Serving, at)); break;
            case ServiceFinished e: With(e.Ticket, ticket => Finish(ticket, at, who)); break;
            case TicketNoShow e: With(e.Ticket, ticket => Leave(ticket, TicketPhase.NoShow, at, who)); break;
            case TicketHeld e: With(e.Ticket, ticket => Leave(ticket, TicketPhase.Held, at, who)); break;
            case TicketCancelled e: With(e.Ticket, ticket => Leave(ticket, TicketPhase.Cancelled, at, who)); break;
            case TicketAbandoned e: With(e.Ticket, ticket => Leave(ticket, TicketPhase.Abandoned, at, who)); break;
            case TicketResumed e: With(e.Ticket, ticket => Leave(ticket, TicketPhase.Waiting, at, who)); break;
            case TicketTransferred e: With(e.Ticket, ticket => Stage(ticket, e.To, at, who, anew: ticket.Called)); break;
            case TicketContinued e: With(e.Ticket, ticket => Stage(ticket, e.To, at, who, anew: true)); break;
            case TicketPrioritised e: With(e.Ticket, ticket => ticket.Class = e.To); break;
        }
    }

    public Flow Flow() => Reports.Flow.Of(_issued.Values.Sum(), _tickets.Values.Select(ticket => ticket.Phase));

    public Times Wait() => Times(_waits);

    public Times Service() => Reports.Times.Of(_services.Select(one => one.Seconds));

    public ServiceFigures Of(string id, Satisfaction rated) => new(
        id,
        terms.Target(new(id)) is { } target ? (int)target.TotalSeconds : null,
        Reports.Flow.Of(_issued.Where(pair => pair.Key.Service == id).Sum(pair => pair.Value), _tickets.Values.Where(ticket => ticket.Service == id).Select(ticket => ticket.Phase)),
        Times(_waits.Where(wait => wait.Service == id)),
        Reports.Times.Of(_services.Where(one => one.Service == id).Select(one => one.Seconds)),
        rated);

    public IReadOnlyList<HalfHourFigures> HalfHours(IReadOnlyList<string> services)
    {
        var (tickets, waits) = (_tickets.Values.ToLookup(ticket => (ticket.Service, ticket.Half)), _waits.ToLookup(wait => wait.Half));
        return
        [
            .. _halves.Select(pair =>
            {
                var cells = services.Where(id => _issued.ContainsKey((id, pair.Key)))
                    .Select(id => new ServiceFlow(id, Reports.Flow.Of(_issued[(id, pair.Key)], tickets[(id, pair.Key)].Select(ticket => ticket.Phase)))).ToList();
                var flow = Reports.Flow.Of(_issued.Where(cell => cell.Key.Half == pair.Key).Sum(cell => cell.Value), _tickets.Values.Where(ticket => ticket.Half == pair.Key).Select(ticket => ticket.Phase));
                return new HalfHourFigures(pair.Key.Minute, pair.Key.Offset, flow, pair.Value.Called, pair.Value.Finished, pair.Value.Most, Times(waits[pair.Key]), cells);
            }),
        ];
    }

    public IReadOnlyList<ClassFigures> Classes()
    {
        var waits = _waits.ToLookup(wait => (int?)wait.Ticket.Class ?? -1);
        return [.. _tickets.Values.GroupBy(ticket => (int?)ticket.Class ?? -1).OrderBy(group => group.Key).Select(group => new ClassFigures(group.First().Class, group.Count(), Times(waits[group.Key])))];
    }

    public IReadOnlyList<RuleFigures> Rules() => [.. _rules.OrderBy(pair => pair.Key).Select(pair => new RuleFigures(pair.Key < 0 ? null : (CallRule)pair.Key, pair.Value))];

    /// <summary>Services under way: since a key said that they began.</summary>
    public IReadOnlyDictionary<CounterId, TimeSpan> ServingNow(DateTimeOffset asOf) => _tickets.Values
        .Where(ticket => ticket.Counter is not null && ticket.BegunAt < asOf)
        .ToDictionary(ticket => ticket.Counter!.Value, ticket => asOf - ticket.BegunAt!.Value);

    private void Issue(TicketIssued issued, DateTimeOffset at)
    {
        var half = Enter(at);
        var cell = (issued.Service.Value, half.Key);
        _issued[cell] = _issued.GetValueOrDefault(cell) + 1;
        _tickets[issued.Ticket] = new(issued.Service.Value, half.Key) { Class = issued.Class, StageFrom = at, StageHalf = half.Key };
        half.Value.Most = Math.Max(half.Value.Most, ++_waiting);
    }

    private void Call(Track ticket, TicketCalled called, DateTimeOffset at, string? who)
    {
        var rule = called.Why is { } why ? (int)why.Rule : -1;
        _rules[rule] = _rules.GetValueOrDefault(rule) + 1;
        Enter(at).Value.Called++;
        if (!ticket.Called)
        {
            var waited = at - ticket.StageFrom;
            _waits.Add(new(ticket, called.Service.Value, ticket.StageHalf, (int)waited.TotalSeconds, waited <= terms.Target(called.Service), terms.Target(called.Service) is not null));
        }

        Move(ticket, TicketPhase.Called, at);
        (ticket.Called, ticket.CalledAt, ticket.BegunAt, ticket.Counter) = (true, at, null, called.Counter);
        counters.Called(called.Counter, at, who);
    }

    // Where no key said that service began, the customer is taken to have walked to the counter after the last call.
    private void Finish(Track ticket, DateTimeOffset at, string? who)
    {
        var begun = ticket.BegunAt ?? ticket.CalledAt + terms.Walking;
        var served = begun < at ? at - begun : TimeSpan.Zero;
        _services.Add((ticket.StageService, (int)served.TotalSeconds));
        Enter(at).Value.Finished++;
        if (ticket.Counter is { } counter) counters.Left(counter, at, served, who, Ending.Served);
        ticket.Counter = null;
        Move(ticket, TicketPhase.Finished, at);
    }

    private void Leave(Track ticket, TicketPhase phase, DateTimeOffset at, string? who)
    {
        if (ticket.Counter is { } counter)
        {
            var served = ticket.BegunAt is { } begun ? at - begun : TimeSpan.Zero;
            counters.Left(counter, at, served, who, phase == TicketPhase.NoShow ? Ending.NoShow : Ending.Aside);
        }

        (ticket.Counter, ticket.BegunAt) = (null, null);
        Move(ticket, phase, at);
    }

    /// <param name="anew">It was called for the service it leaves: another wait begins. Else the wait goes on, for the other service.</param>
    private void Stage(Track ticket, ServiceId to, DateTimeOffset at, string? who, bool anew)
    {
        Leave(ticket, TicketPhase.Waiting, at, who);
        ticket.StageService = to.Value;
        if (anew) (ticket.Called, ticket.StageFrom, ticket.StageHalf) = (false, at, Enter(at).Key);
    }

    private void Move(Track ticket, TicketPhase phase, DateTimeOffset at)
    {
        var half = Enter(at).Value;
        _waiting += (phase == TicketPhase.Waiting ? 1 : 0) - (ticket.Phase == TicketPhase.Waiting ? 1 : 0);
        ticket.Phase = phase;
        half.Most = Math.Max(half.Most, _waiting);
    }

    // Who waits when a half hour begins is counted in it.
    private KeyValuePair<HalfHour, Half> Enter(DateTimeOffset at)
    {
        var key = HalfHour.Of(at, day, terms.Zone);
        if (!_halves.TryGetValue(key, out var half)) _halves[key] = half = new() { Most = _waiting };
        return new(key, half);
    }

    private void With(TicketId id, Action<Track> change)
    {
        // A rescued journal may lack the event that issued it.
        if (_tickets.TryGetValue(id, out var ticket)) change(ticket);
    }

    private static Times Times(IEnumerable<Waited> waits)
    {
        var all = waits.ToList();
        return Reports.Times.Of(all.Select(wait => wait.Seconds), all.Count(wait => wait.Kept), all.Count(wait => wait.Promised));
    }

    /// <param name="Service">For which it waited.</param>
    private sealed record Waited(Track Ticket, string Service, HalfHour Half, int Seconds, bool Kept, bool Promised);

    private sealed class Half
    {
        public int Called { get; set; }

        public int Finished { get; set; }

        public int Most { get; set; }
    }

    /// <summary>A ticket: its service and half hour are those of its issue.</summary>
    private sealed class Track(string service, HalfHour half)
    {
        public string Service { get; } = service;

        public HalfHour Half { get; } = half;

        public TicketPhase Phase { get; set; } = TicketPhase.Waiting;

        public PriorityClass? Class { get; set; }

        public string StageService { get; set; } = service;

        public DateTimeOffset StageFrom { get; set; }

        public HalfHour StageHalf { get; set; }

        /// <summary>Whether it was called in this stage.</summary>
        public bool Called { get; set; }

        public DateTimeOffset CalledAt { get; set; }

        public DateTimeOffset? BegunAt { get; set; }

        /// <summary>Where it is called to or served, or null.</summary>
        public CounterId? Counter { get; set; }
    }
}
