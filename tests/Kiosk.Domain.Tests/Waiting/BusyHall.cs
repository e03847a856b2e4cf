using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Domain.Tests.Waiting;

/// <summary>A hall in which somebody always waits for bills: three counters, a customer every minute or so, each served as they come.</summary>
internal sealed class BusyHall
{
    private readonly Random _random = new(7);
    private int _ids;

    public BusyHall()
    {
        Do(new OpenDay(Halls.Today), new OpenCounter(new(1)), new OpenCounter(new(2)), new OpenCounter(new(3)));
        for (var n = 0; n < 6; n++) Take();
        Do(new CallNext(new(1)), new CallNext(new(2)));
    }

    public HallState State { get; private set; } = Halls.New_;

    public DateTimeOffset Now { get; private set; } = Halls.Opening;

    public List<(HallEvent Fact, DateTimeOffset At)> Journal { get; } = [];

    public List<HallEvent.TicketIssued> Issued { get; } = [];

    /// <summary>So many customers more are called, and as many take a number.</summary>
    public void Serve(int customers)
    {
        for (var n = 0; n < customers; n++)
        {
            Wait(TimeSpan.FromSeconds(40 + _random.Next(60)));
            Take();
            Do(new CallNext(new(1 + n % 2)));
        }
    }

    public HallEvent.TicketIssued Take()
    {
        Do(new TakeTicket(new($"t{_ids++}"), Halls.Pay, "en", Print: false));
        return Issued[^1];
    }

    public void Empty()
    {
        while (State.Waiting > 0)
        {
            Wait(TimeSpan.FromSeconds(50));
            Do(new CallNext(new(1)));
        }

        Do(new Finish(new(1)), new Finish(new(2)));
    }

    public void Wait(TimeSpan span) => Now += span;

    public Domain.Waiting.WaitPromise? Promise() => State.Waits.Promise(State, Halls.Pay, null, Now);

    public void Do(params ReadOnlySpan<HallCommand> commands)
    {
        foreach (var command in commands)
        {
            var decision = HallDecider.Decide(State, command, Now);
            State = HallDecider.Evolve(State, decision.Events, Now);
            Journal.AddRange(decision.Events.Select(fact => (fact, Now)));
            Issued.AddRange(decision.Events.OfType<HallEvent.TicketIssued>());
        }
    }
}
