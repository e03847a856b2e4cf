namespace Kiosk.Simulation.Day;

/// <summary>What will happen, in order of time; what is planned first comes first at the same instant.</summary>
internal sealed class Agenda(DateTimeOffset from)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _plans = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = from;

    public void At(DateTimeOffset at, Action what) => _plans.Enqueue(what, (at < Now ? Now : at, _order++));

    public void In(TimeSpan span, Action what) => At(Now + span, what);

    /// <summary>Until nothing is planned any more.</summary>
    public void Run()
    {
        while (_plans.TryDequeue(out var what, out var when))
        {
            Now = when.At;
            what();
        }
    }
}
