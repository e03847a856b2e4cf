using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>Counters that are open by plan from that second of the day on.</summary>
internal readonly record struct PlannedCounters(double At, int Counters);

/// <param name="Waits">Of those who were served, in seconds.</param>
/// <param name="Left">Customers whose patience ended in line.</param>
/// <param name="StaffSeconds">Open counters over the day; one that closes finishes its customer.</param>
/// <param name="Switches">Counters that were opened or closed during the day.</param>
internal sealed record SimulatedDay(IReadOnlyList<double> Waits, int Left, double StaffSeconds, int Switches);

/// <summary>A day of one line: the log's arrivals, first come first served, by a plan of counters and, where there is one, a surge plan on top of it. Exact: it goes from event to event.</summary>
/// <param name="most">Counters that can be open at all.</param>
/// <param name="standIn">Service time of customers of whom the log has none, in seconds.</param>
internal sealed class LineSimulation(LineDay day, IReadOnlyList<PlannedCounters> plan, SurgePlan? surge, int most, double standIn)
{
    private readonly Queue<int> _line = new();
    private readonly PriorityQueue<int, double> _leaving = new(), _busy = new();
    private readonly bool[] _gone = new bool[day.Visits.Count];
    private readonly List<double> _waits = [];
    private SurgeState _state = SurgeState.Empty;
    private double _now = day.From, _staffed;
    private int _arrived, _planned, _counters, _waiting, _left, _switches;

    public SimulatedDay Run()
    {
        TakeUp(first: true);
        while (Next() is { } at && (at <= day.Until || _waiting > 0 || _busy.Count > 0 || _arrived < day.Visits.Count))
        {
            _staffed += (at - _now) * Staff;
            _now = at;
            TakeUp(first: false);
        }

        if (day.Until > _now) _staffed += (day.Until - _now) * Staff;
        return new(_waits, _left, _staffed, _switches);
    }

    // Behind the last arrival counters close as they fall free; as long as somebody waits they stay.
    private int Staff => _now < day.Until || _waiting > 0 ? Math.Max(_counters, _busy.Count) : _busy.Count;

    private double? Next()
    {
        double? next = _arrived < day.Visits.Count ? Math.Max(_now, day.Visits[_arrived].At) : null;
        if (_busy.TryPeek(out _, out var done)) next = Math.Min(next ?? done, done);
        if (_leaving.TryPeek(out _, out var leaves)) next = Math.Min(next ?? leaves, leaves);
        if (_planned < plan.Count) next = Math.Min(next ?? plan[_planned].At, plan[_planned].At);
        if (surge is not null && SurgeMachine.NextAt(surge, _state) is { } step) next = Math.Min(next ?? Seconds(step), Seconds(step));
        return next is { } at ? Math.Max(_now, at) : null;
    }

    private void TakeUp(bool first)
    {
        if (surge is not null) _state = SurgeMachine.Advance(surge, _state, At(_now)).State;
        while (_busy.TryPeek(out _, out var done) && done <= _now) _busy.Dequeue();
        for (; _arrived < day.Visits.Count && day.Visits[_arrived].At <= _now; _arrived++) Arrive(_arrived);
        while (_leaving.TryPeek(out var visit, out var leaves) && leaves <= _now) Leave(visit);
        while (_planned < plan.Count && plan[_planned].At <= _now) _planned++;
        Open(Math.Min(most, plan[Math.Max(0, _planned - 1)].Counters + Groups), first);
        while (_waiting > 0 && _busy.Count < _counters) Serve();
        if (surge is not null) _state = SurgeMachine.Observe(surge, _state, _waiting, At(_now));
    }

    private int Groups => surge is null ? 0 : _state.In.Sum(entry => Size(surge.Group(entry.Group)));

    /// <summary>People that a group brings: the fewest that its plan promises.</summary>
    public static int Size(SurgeGroup? group) => group?.Size?.From ?? 1;

    private void Arrive(int visit)
    {
        _line.Enqueue(visit);
        _waiting++;
        if (day.Visits[visit].Patience is { } patience) _leaving.Enqueue(visit, day.Visits[visit].At + patience);
    }

    private void Leave(int visit)
    {
        _leaving.Dequeue();
        if (_gone[visit]) return;
        (_gone[visit], _waiting, _left) = (true, _waiting - 1, _left + 1);
    }

    private void Open(int counters, bool first)
    {
        if (!first) _switches += Math.Abs(counters - _counters);
        _counters = counters;
    }

    private void Serve()
    {
        var visit = _line.Dequeue();
        if (_gone[visit]) return;

        (_gone[visit], _waiting) = (true, _waiting - 1);
        _waits.Add(_now - day.Visits[visit].At);
        _busy.Enqueue(visit, _now + (day.Visits[visit].Service ?? standIn));
    }

    // To a tenth of a microsecond, as the machine's clock has it; rounded up, so that what is due at a moment is due at that moment.
    private DateTimeOffset At(double seconds) => Midnight.AddTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond));

    private double Seconds(DateTimeOffset at) => (at - Midnight).Ticks / (double)TimeSpan.TicksPerSecond;

    private DateTimeOffset Midnight => new(day.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
