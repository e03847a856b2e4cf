using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;

namespace Kiosk.Domain.Tests.Views;

public sealed class GuideScreenTests
{
    private readonly Story _story = new(Halls.Staffed);

    private GuideScreen Now(ServiceId? only = null, TicketId? chosen = null) => GuideScreen.Of(_story.State, Halls.Profile, only, chosen, _story.Now);

    [Fact]
    public void Those_who_wait_are_listed_longest_first_with_their_place_in_line()
    {
        var (first, second, other) = (_story.Take(Halls.Pay), _story.Take(Halls.Pay), _story.Take(Halls.New));

        var waiting = Now().Waiting;
        Assert.Equal([first, second, other], waiting.Select(w => w.Ticket.Id));
        Assert.Equal([1, 2, 1], waiting.Select(w => w.Position));
    }

    [Fact]
    public void One_service_can_be_looked_at_alone_with_those_who_were_sent_to_one_counter()
    {
        _story.Take(Halls.Pay);
        var (here, sent) = (_story.Take(Halls.New), _story.Take(Halls.New));
        _story.Do(new HallCommand.TransferTicket(sent, null, new(3)));

        Assert.Equal([here, sent], Now(Halls.New).Waiting.Select(w => w.Ticket.Id));
        Assert.Equal((2, 2), (Now(Halls.New).WaitingInAll, Now().Services.Single(s => s.Id == Halls.New).Waiting));
        Assert.Equal(3, Now().WaitingInAll);
    }

    [Fact]
    public void List_is_cut_and_the_rest_counted()
    {
        for (var n = 0; n < GuideScreen.WaitingShown + 5; n++) _story.Take(Halls.Pay);

        Assert.Equal((GuideScreen.WaitingShown, GuideScreen.WaitingShown + 5), (Now().Waiting.Length, Now().WaitingInAll));
    }

    [Fact]
    public void Vip_alarms_after_three_minutes_and_not_before()
    {
        var vip = _story.Take(Halls.Pay);
        _story.Do(new HallCommand.PrioritiseTicket(vip, PriorityClass.Vip));

        _story.After(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Empty(Now().Alarms.OfType<GuideAlarm.VipWaits>());
        _story.After(TimeSpan.FromSeconds(1));
        Assert.Equal(vip, Assert.Single(Now().Alarms.OfType<GuideAlarm.VipWaits>()).Ticket.Id);

        _story.Do(new HallCommand.CallNext(new(1)));
        Assert.Empty(Now().Alarms.OfType<GuideAlarm.VipWaits>());
    }

    [Fact]
    public void Longest_waiter_beyond_the_target_is_named()
    {
        var late = _story.Take(Halls.Pay);
        _story.Take(Halls.Pay);
        _story.After(TimeSpan.FromMinutes(9));
        Assert.Empty(Now().Alarms.OfType<GuideAlarm.OverTarget>());

        _story.After(TimeSpan.FromSeconds(1));
        Assert.Equal(late, Assert.Single(Now().Alarms.OfType<GuideAlarm.OverTarget>()).Ticket.Id);
        Assert.Equal([true, false], Now().Waiting.Select(w => w.Late));
    }

    [Fact]
    public void Service_that_no_open_counter_offers_is_told_when_somebody_waits_for_it()
    {
        _story.Do(new HallCommand.CloseCounter(new(4)));
        Assert.Empty(Now().Alarms);

        _story.Take(Halls.Vip);
        Assert.Equal(1, Assert.Single(Now().Alarms.OfType<GuideAlarm.NobodyServes>()).Waiting);
    }

    [Fact]
    public void Slip_that_does_not_come_is_told_after_a_while_and_one_in_doubt_at_once()
    {
        var (queued, doubtful) = (_story.Take(Halls.Pay), _story.Take(Halls.Pay));
        _story.Do(new HallCommand.SendSlip(new(doubtful, 0)), new HallCommand.ReportSlip(new(doubtful, 0), SlipReport.InDoubt));

        var missing = Assert.Single(Now().Alarms.OfType<GuideAlarm.SlipsMissing>());
        Assert.Equal(2, missing.Count);
        Assert.Equal(["A001", "A002"], missing.Numbers.Select(number => number.ToString()));

        _story.Do(new HallCommand.SendSlip(new(queued, 0)), new HallCommand.ReportSlip(new(queued, 0), SlipReport.Printed));
        Assert.Equal(["A002"], Assert.Single(Now().Alarms.OfType<GuideAlarm.SlipsMissing>()).Numbers.Select(number => number.ToString()));
    }

    [Fact]
    public void Slip_of_a_moment_ago_alarms_nobody()
    {
        _story.Take(Halls.Pay);

        Assert.Empty(Now().Alarms);
        _story.After(GuideScreen.PaperPatience);
        Assert.Single(Now().Alarms.OfType<GuideAlarm.SlipsMissing>());
    }

    [Fact]
    public void Closing_hall_tells_how_many_are_still_here_and_a_closed_one_that_it_is_closed()
    {
        _story.Take(Halls.Pay);
        _story.Do(new HallCommand.CloseDay());
        Assert.Equal(1, Assert.Single(Now().Alarms.OfType<GuideAlarm.Closing>()).Left);

        _story.Do(new HallCommand.CloseDay(Force: true));
        Assert.IsType<GuideAlarm.Closed>(Assert.Single(Now().Alarms));
    }

    [Fact]
    public void No_show_is_listed_as_long_as_it_may_come_back()
    {
        var missed = _story.Take(Halls.Pay);
        _story.Do(new HallCommand.CallNext(new(1)), new HallCommand.MarkNoShow(new(1)));
        Assert.Equal([missed], Now().Aside.Select(ticket => ticket.Id));

        for (var n = 0; n <= Halls.Profile.Rules.NoShowGraceCalls; n++) _story.Take(Halls.Pay);
        for (var n = 0; n <= Halls.Profile.Rules.NoShowGraceCalls; n++) _story.Do(new HallCommand.CallNext(new(1)));
        _story.After(Halls.Profile.Rules.NoShowGrace);
        Assert.Empty(Now().Aside);
    }

    [Fact]
    public void Counter_tells_since_when_it_is_busy_or_free()
    {
        _story.Take(Halls.Pay);
        _story.Do(new HallCommand.CallNext(new(1)));
        var called = _story.Now;
        Assert.Equal(called, Now().Counters[0].Since);

        _story.Do(new HallCommand.Finish(new(1)));
        Assert.Equal((null, _story.Now), (Now().Counters[0].Ticket, Now().Counters[0].Since));
    }

    [Fact]
    public void Chosen_ticket_is_shown_as_it_is_now_and_a_strange_one_is_not()
    {
        var id = _story.Take(Halls.Pay);

        Assert.Equal(1, Now(chosen: id).Chosen!.Position);
        _story.Do(new HallCommand.CallNext(new(1)));
        Assert.Equal(TicketPhase.Called, Now(chosen: id).Chosen!.Ticket.Phase);
        Assert.Null(Now(chosen: new("nosuchticket")).Chosen);
    }
}
