using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests;

/// <summary>No-shows that come back, holds, transfers with return, several services, hours, long waits, appointments, clerks.</summary>
public sealed class TicketLifeTests
{
    private static readonly CounterId One = new(1), Two = new(2), Three = new(3);

    [Fact]
    public void No_show_comes_back_behind_the_few_whom_the_rules_leave_in_front()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { NoShowPlace = 2 } });
        var missed = story.Take(Halls.Pay);
        for (var n = 0; n < 4; n++) story.Take(Halls.Pay);
        story.Do(new CallNext(One), new MarkNoShow(One), new ResumeTicket(missed));

        Assert.Equal(["A002", "A003", "A001", "A004", "A005"], Enumerable.Range(0, 5).Select(_ => story.Do(new CallNext(One)).At(1)));
    }

    [Fact]
    public void No_show_may_come_back_after_the_time_while_few_have_been_called_since()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { NoShowGrace = TimeSpan.FromMinutes(5), NoShowGraceCalls = 2 } });
        var (first, second) = (story.Take(Halls.Pay), story.Take(Halls.Pay));
        for (var n = 0; n < 3; n++) story.Take(Halls.Pay);
        story.Do(new CallNext(One), new MarkNoShow(One), new CallNext(One), new MarkNoShow(One));
        story.After(TimeSpan.FromHours(1)).Do(new CallNext(One), new CallNext(One));
        Assert.Null(story.Do(new ResumeTicket(second)).Refused);

        Assert.Equal(Rejection.NoShowTooLate, story.Do(new ResumeTicket(first)).Refused);
    }

    [Fact]
    public void Ticket_that_was_sent_away_with_return_comes_back_to_its_counter_with_its_place()
    {
        var story = Halls.With(site => site);
        var sent = story.Take(Halls.Pay);
        story.Take(Halls.Pay);
        story.Do(new CallNext(One), new Begin(One), new TransferTicket(sent, Halls.New, null, Return: true));
        story.Do(new CallNext(Three), new Begin(Three), new Finish(Three));
        Assert.Equal((TicketPhase.Waiting, Halls.Pay, One), (story.State.Tickets[sent].Phase, story.State.Tickets[sent].Service, story.State.Tickets[sent].OnlyAt!.Value));

        Assert.Equal("A001", story.Do(new CallNext(One)).At(1));
        Assert.Equal(TicketPhase.Finished, story.Do(new Finish(One)).State.Tickets[sent].Phase);
    }

    [Fact]
    public void Ticket_does_not_wait_for_a_counter_that_has_closed_meanwhile()
    {
        var story = Halls.With(site => site);
        var sent = story.Take(Halls.Pay);
        story.Do(new CallNext(One), new TransferTicket(sent, Halls.New, null, Return: true), new CloseCounter(One), new CallNext(Three), new Finish(Three));

        Assert.Null(story.State.Tickets[sent].OnlyAt);
        Assert.Equal("A001", story.Do(new CallNext(Two)).At(2));
    }

    [Fact]
    public void Ticket_put_back_in_line_does_not_wait_for_a_counter_that_has_closed_meanwhile()
    {
        var story = Halls.With(site => site);
        var held = story.Take(Halls.Pay);
        story.Do(new TransferTicket(held, null, Two), new CallNext(Two), new Hold(Two), new CloseCounter(Two), new ResumeTicket(held));

        Assert.Null(story.State.Tickets[held].OnlyAt);
        Assert.Equal("A001", story.Do(new CallNext(One)).At(1));
    }

    [Fact]
    public void Only_a_customer_at_a_counter_can_come_back_to_one()
    {
        var story = Halls.With(site => site);

        Assert.Equal(Rejection.NobodyAtCounter, story.Do(new TransferTicket(story.Take(Halls.Pay), Halls.New, null, Return: true)).Refused);
    }

    [Fact]
    public void One_ticket_goes_through_its_services_in_order()
    {
        var story = Halls.With(site => site);
        var ticket = story.Take(Halls.Pay, null, Halls.New);
        story.Do(new CallNext(One), new Finish(One));
        Assert.Equal((TicketPhase.Waiting, Halls.New, 1), (story.State.Tickets[ticket].Phase, story.State.Tickets[ticket].Service, story.State.Live));

        story.Do(new CallNext(Three), new Finish(Three));
        Assert.Equal((TicketPhase.Finished, 0), (story.State.Tickets[ticket].Phase, story.State.Live));
        Assert.Equal(Rejection.ServiceTwice, Refusal(story, new TakeTicket(new("x"), Halls.Pay, "en", Then: [Halls.Pay])));
    }

    [Fact]
    public void Closing_hall_waits_for_the_last_service_of_the_last_ticket()
    {
        var story = Halls.With(site => site);
        story.Take(Halls.Pay, null, Halls.New);
        story.Do(new CloseDay(), new CallNext(One), new Finish(One));
        Assert.Equal(DayPhase.Closing, story.State.Phase);

        Assert.Equal(DayPhase.Closed, story.Do(new CallNext(Three), new Finish(Three)).State.Phase);
    }

    [Theory]
    [InlineData(8, 0, Rejection.OutsideHours)]
    [InlineData(12, 30, Rejection.OutsideHours)]
    [InlineData(17, 45, Rejection.LastTicketGone)]
    [InlineData(18, 0, Rejection.OutsideHours)]
    [InlineData(13, 0, null)]
    [InlineData(17, 44, null)]
    public void Hall_that_keeps_its_hours_issues_tickets_in_them_only(int hour, int minute, Rejection? expected)
    {
        var hall = Halls.With(site => Hours(site)).State;

        Assert.Equal(expected, HallDecider.Decide(hall, new TakeTicket(new("x"), Halls.Pay, "en"), At(hour, minute)).Rejection);
    }

    [Fact]
    public void Last_ticket_goes_when_those_who_wait_take_until_closing()
    {
        // Ten wait for two counters at five minutes each: 25 minutes, and five for one more.
        var story = Halls.With(site => Hours(site));
        story.After(At(16, 0) - story.Now);
        for (var n = 0; n < 10; n++) story.Take(Halls.Pay);

        Assert.Null(HallDecider.Decide(story.State, new TakeTicket(new("x"), Halls.Pay, "en"), At(17, 29)).Rejection);
        Assert.Equal(Rejection.LastTicketGone, HallDecider.Decide(story.State, new TakeTicket(new("x"), Halls.Pay, "en"), At(17, 31)).Rejection);
    }

    [Fact]
    public void Long_wait_is_asked_about_first_and_never_refused_to_who_was_asked()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { LongWait = TimeSpan.FromMinutes(10) } });
        for (var n = 0; n < 4; n++) story.Take(Halls.Pay);

        Assert.Equal(Rejection.LongWait, Refusal(story, new TakeTicket(new("x"), Halls.Pay, "en", AskIfLong: true)));
        Assert.Null(Refusal(story, new TakeTicket(new("x"), Halls.Pay, "en")));
        Assert.Null(Refusal(story, new TakeTicket(new("x"), Halls.New, "en", AskIfLong: true)));
    }

    [Fact]
    public void Appointment_is_checked_in_once_and_in_its_time()
    {
        var story = Halls.With(site => site);
        var slot = story.Now + TimeSpan.FromMinutes(60);
        TakeTicket CheckIn(string ticket) => new(new(ticket), Halls.Pay, "en", Appointment: new("ap-1", slot));

        Assert.Equal(Rejection.AppointmentTooEarly, Refusal(story, CheckIn("x")));
        story.After(TimeSpan.FromMinutes(35)).Do(CheckIn("y"));
        var ticket = story.State.Tickets[new("y")];
        Assert.Equal((PriorityClass.Appointment, slot - TimeSpan.FromMinutes(10)), (ticket.Class!.Value, ticket.StandsSince));
        Assert.Equal(Rejection.AppointmentUsed, Refusal(story, CheckIn("z")));
        Assert.Equal(Rejection.AppointmentTooLate, HallDecider.Decide(story.State, new TakeTicket(new("z"), Halls.Pay, "en", Appointment: new("ap-2", slot)), slot + TimeSpan.FromMinutes(16)).Rejection);
    }

    [Fact]
    public void Clerk_sits_at_one_counter_and_a_counter_has_one_clerk()
    {
        var story = Halls.With(site => site).Do(new StaffCounter(One, "li"), new StaffCounter(Two, "wang"), new StaffCounter(Two, "li"));

        Assert.Equal((null, "li"), (story.State.Counters[One].Clerk, story.State.Counters[Two].Clerk));
        Assert.Equal([new CounterLeft(One, "li"), new CounterLeft(Two, "wang"), new CounterStaffed(Two, "li")], story.Journal[^3..]);
        Assert.Equal(Rejection.NotAtCounter, story.Do(new LeaveCounter("wang")).Refused);
        Assert.Null(story.Do(new LeaveCounter("li")).State.Counters[Two].Clerk);
    }

    private static HallProfile Hours(HallProfile site) => site with
    {
        Hours = new(Enum.GetValues<DayOfWeek>().ToImmutableDictionary(day => day, _ => ImmutableArray.Create(new OpenSpan(new(8, 30), new(12, 0)), new OpenSpan(new(13, 0), new(18, 0))))),
        Rules = site.Rules with { KeepHours = true, LastTicket = TimeSpan.FromMinutes(15) },
    };

    private static Rejection? Refusal(Story story, HallCommand command) => HallDecider.Decide(story.State, command, story.Now + TimeSpan.FromMinutes(1)).Rejection;

    private static DateTimeOffset At(int hour, int minute) => new(2026, 1, 5, hour, minute, 0, TimeSpan.FromHours(8));
}
