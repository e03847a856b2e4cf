using Kiosk.Domain.Hall;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Tests.Mqtt;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>Which calls are news, and which of those that wait are still worth saying.</summary>
public sealed class AnnounceQueueTests
{
    private static readonly DateTimeOffset Opening = TestHall.Opening;
    private static readonly CounterId One = new(1), Two = new(2);
    private readonly List<(string Number, WhyNotSaid Why)> _dropped = [];
    private readonly Steps _time = new();
    private readonly AnnounceQueue _queue;
    private HallState _hall = HallState.For(TestHall.Profile, printing: false);
    private int _tickets;

    public AnnounceQueueTests()
    {
        _queue = new(TimeSpan.FromSeconds(30), _time, (call, why) => _dropped.Add((call.Number.ToString(), why)));
        Do(new HallCommand.OpenDay(new(2026, 1, 5)));
        Do(new HallCommand.OpenCounter(One));
        Do(new HallCommand.OpenCounter(Two));
    }

    [Fact]
    public void First_look_finds_nothing_and_each_call_and_recall_is_found_once()
    {
        Call(One);
        var fresh = new FreshCalls(_hall);
        Assert.Empty(fresh.Since(_hall));

        Call(Two);
        Assert.Equal(["A002"], fresh.Since(_hall).Select(ticket => ticket.Number.ToString()));
        Assert.Empty(fresh.Since(_hall));

        Do(new HallCommand.Recall(One));
        Assert.Equal(["A001"], fresh.Since(_hall).Select(ticket => ticket.Number.ToString()));
    }

    [Fact]
    public void Two_calls_in_one_look_come_in_the_order_of_the_calls()
    {
        var fresh = new FreshCalls(_hall);
        Call(Two);
        Call(One);

        Assert.Equal([2, 1], fresh.Since(_hall).Select(ticket => ticket.Counter!.Value.Value));
    }

    [Fact]
    public void Calls_are_said_in_their_order_and_once()
    {
        Wait(Call(One));
        Wait(Call(Two));

        Assert.Equal(["A001", "A002", "none"], [Next(), Next(), Next()]);
        Assert.Empty(_dropped);
    }

    [Fact]
    public void Recall_takes_the_place_of_the_call_that_was_not_said_yet()
    {
        Wait(Call(One));
        Wait(Call(Two));
        Do(new HallCommand.Recall(One));
        Wait(_hall.At(_hall.Counters[One])!);

        Assert.Equal(["A001", "A002", "none"], [Next(), Next(), Next()]);
        Assert.Empty(_dropped);
    }

    [Fact]
    public void Customer_who_came_meanwhile_is_not_called_any_more()
    {
        Wait(Call(One));
        Wait(Call(Two));
        Do(new HallCommand.Begin(One));

        Assert.Equal(["A002", "none"], [Next(), Next()]);
        Assert.Equal([("A001", WhyNotSaid.NoLongerCalled)], _dropped);
    }

    [Fact]
    public void Call_that_was_recalled_unheard_is_not_said_as_it_was()
    {
        Wait(Call(One));
        Do(new HallCommand.Recall(One));

        Assert.Equal("none", Next());
        Assert.Equal([("A001", WhyNotSaid.NoLongerCalled)], _dropped);
    }

    [Fact]
    public void What_waited_longer_than_the_deadline_is_dropped()
    {
        Wait(Call(One));
        _time.Advance(TimeSpan.FromSeconds(20));
        Wait(Call(Two));
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(["A002", "none"], [Next(), Next()]);
        Assert.Equal([("A001", WhyNotSaid.TooOld)], _dropped);
    }

    [Fact]
    public void More_than_the_limit_drops_the_oldest()
    {
        var called = Call(One);
        for (var n = 0; n < AnnounceQueue.Limit + 2; n++) Wait(called with { Id = new($"t{n}"), Number = new('B', n) });

        Assert.Equal(AnnounceQueue.Limit, _queue.Count);
        Assert.Equal([("B000", WhyNotSaid.TooMany), ("B001", WhyNotSaid.TooMany)], _dropped);
    }

    private string Next() => _queue.Next(_hall)?.Number.ToString() ?? "none";

    private void Wait(Ticket ticket) => _queue.Add(new(ticket.Id, ticket.Number, ticket.Language, ticket.Counter!.Value, ticket.Calls, _time.GetTimestamp()));

    private Ticket Call(CounterId counter)
    {
        Do(new HallCommand.TakeTicket(new($"ticket-{++_tickets}"), new("bills"), "en"));
        Do(new HallCommand.CallNext(counter));
        return _hall.At(_hall.Counters[counter])!;
    }

    private void Do(HallCommand command)
    {
        var at = Opening + TimeSpan.FromSeconds(_hall.Calls.Count + _tickets);
        var decision = HallDecider.Decide(_hall, command, at);
        Assert.Null(decision.Rejection);
        _hall = HallDecider.Evolve(_hall, decision.Events, at);
    }

    private sealed class Steps : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
