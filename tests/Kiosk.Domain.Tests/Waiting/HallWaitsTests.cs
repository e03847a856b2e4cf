using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Tests.Waiting;

/// <summary>The predictor in the hall: what is told, and when nothing is.</summary>
public sealed class HallWaitsTests
{
    private readonly BusyHall _hall = new();

    [Fact]
    public void Nothing_is_told_before_the_line_is_calibrated()
    {
        _hall.Serve(LineTrust.Enough - 1);

        Assert.Null(_hall.Promise());
        Assert.Equal(1, _hall.State.Waits.Missing(Halls.Pay));
        Assert.All(_hall.Issued, ticket => Assert.Null(ticket.Promise));

        _hall.Serve(20);

        Assert.NotNull(_hall.Promise());
        Assert.NotNull(_hall.Issued[^1].Promise);
        Assert.Equal(0, _hall.State.Waits.Missing(Halls.Pay));
    }

    [Fact]
    public void The_ticket_keeps_what_was_told_and_the_event_says_it()
    {
        _hall.Serve(60);

        var told = _hall.Promise();
        var issued = _hall.Take();

        Assert.Equal(told, issued.Promise);
        Assert.Equal(told, _hall.State.Tickets[issued.Ticket].Promise);
        Assert.True(told!.From <= told.LikelyFrom && told.LikelyFrom <= told.About && told.About <= told.LikelyTo && told.LikelyTo <= told.To, told.ToString());
    }

    [Fact]
    public void Nothing_is_told_while_no_counter_is_open()
    {
        _hall.Serve(60);
        _hall.Do(new HallCommand.PauseCounter(new(1)), new HallCommand.PauseCounter(new(2)), new HallCommand.PauseCounter(new(3)));

        Assert.Null(_hall.Promise());

        _hall.Do(new HallCommand.ResumeCounter(new(1)));

        Assert.NotNull(_hall.Promise());
    }

    [Fact]
    public void Nothing_is_told_when_the_first_in_line_waits_far_longer_than_told()
    {
        _hall.Serve(60);
        var longest = _hall.State.Tickets[_hall.State.Services[Halls.Pay].Line.First!.Value.Ticket].Told!.To;

        Assert.NotNull(_hall.Promise());
        _hall.Wait(TimeSpan.FromSeconds(longest * 1.25) + TimeSpan.FromMinutes(3));

        Assert.Null(_hall.Promise());
    }

    [Fact]
    public void Who_finds_a_free_counter_is_told_nothing()
    {
        _hall.Serve(60);
        _hall.Empty();

        Assert.Null(_hall.Promise());
    }

    [Fact]
    public void What_was_learned_outlives_the_day_and_the_same_events_teach_the_same()
    {
        _hall.Serve(60);
        _hall.Empty();
        var line = _hall.State.Waits.Model.Line(Halls.Pay.Value);
        _hall.Do(new HallCommand.CloseDay(Force: true));

        var kept = _hall.State.Waits.AtClose!;
        Assert.Equal(Halls.Today, kept.Day);
        Assert.Same(line, kept.Model.Line(Halls.Pay.Value));
        Assert.Null(kept.Paces[Halls.Pay].LastCall);
        Assert.True(kept.Paces[Halls.Pay].Gaps > 0);

        var again = _hall.Journal.Aggregate(HallState.For(Halls.Profile, printing: true), (state, entry) => HallDecider.Evolve(state, entry.Fact, entry.At));
        Assert.Equal(line.Median.Numbers, again.Waits.Model.Line(Halls.Pay.Value).Median.Numbers);
        Assert.Equal(kept.Model.Spread.Hall.ToArray(), again.Waits.AtClose!.Model.Spread.Hall.ToArray());
    }

    [Fact]
    public void Who_was_moved_or_came_back_teaches_nothing()
    {
        _hall.Serve(40);
        var (model, last) = (_hall.State.Waits.Model, _hall.Take());
        _hall.Do(new HallCommand.TransferTicket(last.Ticket, Halls.New, null));

        Assert.Null(_hall.State.Tickets[last.Ticket].Told);
        Assert.Equal(model.Waits, _hall.State.Waits.Model.Waits);
    }

    [Theory]
    [InlineData(RoutingPolicy.FirstCome, 7)]
    [InlineData(RoutingPolicy.Strict, 2)]
    [InlineData(RoutingPolicy.Accumulating, 4)]
    public void Priority_puts_a_newcomer_where_the_policy_calls_it(RoutingPolicy policy, int place)
    {
        // One urgent customer of half a minute, five others since 1, 3, 10, 30 and 40 minutes.
        var line = Line.Empty.Add(new(Halls.Opening.AddSeconds(-30), 0, new("u")), PriorityClass.Urgent);
        foreach (var (minutes, order) in new[] { (1, 1), (3, 2), (10, 3), (30, 4), (40, 5) }) line = line.Add(new(Halls.Opening.AddMinutes(-minutes), order, new($"t{order}")), null);
        var routing = new RoutingProfile { Policy = policy };

        // Urgent gains four minutes a minute: within 10 minutes it passes whoever stands there for less than 20 (the bound), that is three of five.
        Assert.Equal(place, WaitingPlace.Of(routing, line, PriorityClass.Urgent, Halls.Opening, TimeSpan.FromMinutes(10)));
        Assert.Equal(7, WaitingPlace.Of(routing, line, null, Halls.Opening, TimeSpan.FromMinutes(10)));
    }
}
