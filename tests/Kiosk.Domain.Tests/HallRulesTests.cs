using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests;

public sealed class HallRulesTests
{
    private static readonly CounterId One = new(1), Two = new(2), Three = new(3), Four = new(4);

    private readonly Story _story = new(Halls.Staffed);

    [Fact]
    public void First_ticket_of_a_service_is_number_one_and_the_next_has_one_ahead()
    {
        _story.Take(Halls.Pay);
        _story.Take(Halls.Pay);

        Assert.Equal(["A001/0", "A002/1"], _story.Journal.OfType<TicketIssued>().Select(e => $"{e.Number}/{e.Ahead}"));
    }

    [Fact]
    public void Taken_ticket_has_its_slip_queued_in_the_same_decision()
    {
        var id = _story.Take(Halls.Pay);

        Assert.Equal(new SlipQueued(id, new('A', 1), 0), _story.Journal[^1]);
    }

    [Fact]
    public void Next_finishes_the_customer_at_the_counter_and_calls_the_longest_waiting()
    {
        var first = _story.Take(Halls.New);
        var second = _story.Take(Halls.Pay);
        _story.Do(new CallNext(One), new CallNext(One));

        Assert.Equal(TicketPhase.Finished, _story.State.Tickets[first].Phase);
        Assert.Equal(second, _story.State.Counters[One].Ticket);
    }

    [Fact]
    public void Next_with_nobody_waiting_still_finishes_the_last_customer()
    {
        var last = _story.Take(Halls.Pay);
        _story.Do(new CallNext(One), new CallNext(One));

        Assert.Null(_story.Refused);
        Assert.Equal(TicketPhase.Finished, _story.State.Tickets[last].Phase);
        Assert.Equal(Rejection.NobodyWaiting, _story.Do(new CallNext(One)).Refused);
    }

    [Fact]
    public void Second_of_two_people_who_saw_the_same_counter_is_refused()
    {
        _story.Take(Halls.Pay);
        _story.Take(Halls.Pay);
        var seen = new Seen(null);
        _story.Do(new CallNext(One, Seen: seen));
        Assert.Null(_story.Refused);

        Assert.Equal(Rejection.CounterChanged, _story.Do(new CallNext(One, Seen: seen)).Refused);
    }

    [Fact]
    public void Paused_counter_calls_nobody_but_its_own_key_ends_the_pause()
    {
        var id = _story.Take(Halls.Pay);
        Assert.Equal(Rejection.CounterPaused, _story.Do(new PauseCounter(One), new CallNext(One)).Refused);

        _story.Do(new CallNext(One, SitDown: true));

        Assert.Equal((CounterPhase.Open, id), (_story.State.Counters[One].Phase, _story.State.Counters[One].Ticket!.Value));
    }

    [Fact]
    public void Transferred_ticket_keeps_its_number_and_the_time_it_has_waited()
    {
        var id = _story.Take(Halls.Pay);
        _story.Take(Halls.New);
        _story.Do(new CallNext(One), new Begin(One), new TransferTicket(id, Halls.New, null), new CallNext(Three));

        Assert.Equal((id, new TicketNumber('A', 1)), (_story.State.Counters[Three].Ticket!.Value, _story.State.Tickets[id].Number));
    }

    [Fact]
    public void Ticket_sent_to_a_counter_is_called_only_there()
    {
        var id = _story.Take(Halls.Pay);
        _story.Do(new TransferTicket(id, null, Two));
        Assert.Equal(Rejection.NobodyWaiting, _story.Do(new CallNext(One)).Refused);

        Assert.Equal(id, _story.Do(new CallNext(Two)).State.Counters[Two].Ticket);
        Assert.Equal(Rejection.ServiceNotOffered, _story.Do(new TransferTicket(id, null, Four)).Refused);
    }

    [Fact]
    public void Counter_that_closes_gives_its_own_line_back_to_the_service_and_gets_no_new_one()
    {
        var id = _story.Take(Halls.Pay);
        _story.Do(new TransferTicket(id, null, Two), new CloseCounter(Two), new CallNext(One));

        Assert.Equal(id, _story.State.Counters[One].Ticket);
        Assert.Equal(Rejection.CounterClosed, _story.Do(new TransferTicket(id, null, Two)).Refused);
    }

    [Fact]
    public void No_show_comes_back_within_the_grace_time_and_not_after_it()
    {
        var (late, early) = (_story.Take(Halls.Pay), _story.Take(Halls.Pay));
        _story.Do(new CallNext(One), new MarkNoShow(One), new CallNext(One), new MarkNoShow(One));
        Assert.Null(_story.Do(new ResumeTicket(early)).Refused);

        Assert.Equal(Rejection.NoShowTooLate, _story.After(TimeSpan.FromMinutes(15)).Do(new ResumeTicket(late)).Refused);
    }

    [Fact]
    public void Daily_limit_refuses_the_ticket_after_the_last()
    {
        for (var n = 0; n < 3; n++) _story.Take(Halls.Vip);
        Assert.Null(_story.Refused);
        _story.Take(Halls.Vip);

        Assert.Equal(Rejection.DailyLimitReached, _story.Refused);
    }

    [Fact]
    public void Closing_hall_issues_no_ticket_serves_those_who_wait_and_closes_behind_the_last()
    {
        _story.Take(Halls.Pay);
        _story.Do(new CloseDay());
        Assert.Equal(DayPhase.Closing, _story.State.Phase);
        _story.Take(Halls.Pay);
        Assert.Equal(Rejection.DayClosing, _story.Refused);

        _story.Do(new CallNext(One), new Finish(One));

        Assert.Equal(new DayClosed(Halls.Today), _story.Journal[^1]);
        Assert.Equal(Rejection.DayAlreadyClosed, _story.Do(new OpenDay(Halls.Today)).Refused);
        _story.Do(new OpenDay(Halls.Today.AddDays(1)));
        _story.Take(Halls.Pay);
        Assert.Equal(new TicketNumber('A', 1), _story.Journal.OfType<TicketIssued>().Last().Number);
    }

    [Fact]
    public void Forced_close_names_everybody_who_was_left()
    {
        var id = _story.Take(Halls.Pay);
        _story.Do(new CloseDay(Force: true));

        Assert.Equal([new TicketAbandoned(id, new('A', 1)), new DayClosed(Halls.Today)], _story.Journal[^2..]);
    }

    [Fact]
    public void Slip_that_was_cleared_after_a_halt_comes_again_as_a_copy()
    {
        var id = _story.Take(Halls.Pay);
        SlipId original = new(id, 0), copy = new(id, 1);
        _story.Do(new SendSlip(original), new ReportSlip(original, SlipReport.Halted, "OutOfPaper"));
        Assert.Equal(Rejection.SlipPending, _story.Do(new PrintTicket(id)).Refused);

        _story.Do(new ReportSlip(original, SlipReport.Cleared), new SendSlip(copy), new ReportSlip(copy, SlipReport.Printed));

        Assert.Equal((SlipPhase.Printed, 1), (_story.State.Tickets[id].Slip!.Value, _story.State.Tickets[id].Copy));
        Assert.Empty(_story.State.Slips);
    }

    [Fact]
    public void Slip_in_doubt_is_printed_again_only_when_somebody_asks()
    {
        var id = _story.Take(Halls.Pay);
        _story.Do(new SendSlip(new(id, 0)), new ReportSlip(new(id, 0), SlipReport.InDoubt));
        Assert.Empty(_story.State.Slips);
        Assert.Equal(Rejection.UnknownSlip, _story.Do(new SendSlip(new(id, 0))).Refused);

        _story.Do(new PrintTicket(id));

        Assert.Equal(new SlipId(id, 1), Assert.Single(_story.State.Slips).Key);
    }

    [Fact]
    public void Place_in_line_is_counted_from_the_front()
    {
        _story.Take(Halls.Pay);
        var second = _story.Take(Halls.Pay);

        Assert.Equal(1, TicketView.Of(_story.State, second)!.Ahead);
        Assert.Null(TicketView.Of(_story.Do(new CallNext(One), new CallNext(Two)).State, second)!.Ahead);
    }

    [Fact]
    public void Every_rejection_has_a_sentence_and_a_code()
    {
        foreach (var rejection in Enum.GetValues<Rejection>())
        {
            Assert.EndsWith(".", rejection.Sentence(), StringComparison.Ordinal);
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rejection.Code());
        }
    }

    [Fact]
    public void Today_s_facts_about_a_service_and_a_counter_that_the_profile_no_longer_has_still_fold()
    {
        var hall = HallDecider.Evolve(Halls.Open, [
            new TicketIssued(new("x"), new('Z', 1), new("gone"), "en", 0),
            new TicketCalled(new("x"), new('Z', 1), new("gone"), new(42)),
        ], Halls.Opening);

        Assert.Equal(new TicketId("x"), hall.Counters[new(42)].Ticket);
    }
}
