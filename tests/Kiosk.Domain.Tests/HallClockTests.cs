using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Domain.Tests;

/// <summary>What time alone asks of the hall: days that open and close, held tickets that come back.</summary>
public sealed class HallClockTests
{
    private static readonly DateOnly Monday = Halls.Today;
    private static readonly OpeningHours Daily = new(Enum.GetValues<DayOfWeek>().ToImmutableDictionary(day => day, _ => ImmutableArray.Create(new OpenSpan(new(8, 30), new(18, 0)))));

    private static readonly HallState New = Hall(rules => rules);

    [Fact]
    public void New_hall_opens_today() => Assert.Equal(new OpenDay(Monday), HallClock.DueDay(New, At(5, 9)));

    [Fact]
    public void Day_that_was_closed_stays_closed_until_the_date_changes()
    {
        var closed = Fold(New, new HallEvent.DayOpened(Monday), new HallEvent.DayClosed(Monday));

        Assert.Null(HallClock.DueDay(closed, At(5, 23)));
        Assert.Equal(new OpenDay(Monday.AddDays(1)), HallClock.DueDay(closed, At(6, 0)));
    }

    [Fact]
    public void Clock_that_starts_in_the_past_changes_no_day() =>
        Assert.Null(HallClock.DueDay(Fold(New, new HallEvent.DayOpened(Monday), new HallEvent.DayClosed(Monday)), DateTimeOffset.UnixEpoch));

    [Fact]
    public void Customers_who_are_still_there_at_midnight_are_served_until_the_rollover()
    {
        var late = Fold(New, new HallEvent.DayOpened(Monday), new HallEvent.TicketIssued(new("t"), new('A', 1), Halls.Pay, "en", 0));

        Assert.Null(HallClock.DueDay(late, At(6, 3)));
        Assert.Equal(new CloseDay(Force: true), HallClock.DueDay(late, At(6, 4)));
        Assert.Equal(new CloseDay(Force: true), HallClock.DueDay(Fold(New, new HallEvent.DayOpened(Monday)), At(6, 0)));
    }

    [Fact]
    public void Hall_whose_days_people_open_is_left_alone_but_a_forgotten_day_is_closed_at_the_rollover()
    {
        var manual = Hall(rules => rules with { Opening = DayOpening.Manual });
        var forgotten = Fold(manual, new HallEvent.DayOpened(Monday));

        Assert.Null(HallClock.DueDay(manual, At(5, 9)));
        Assert.Null(HallClock.DueDay(forgotten, At(6, 3)));
        Assert.Equal(new CloseDay(Force: true), HallClock.DueDay(forgotten, At(6, 4)));
    }

    [Fact]
    public void Hall_that_keeps_its_hours_begins_to_close_when_they_end_and_opens_no_day_after_them()
    {
        var hall = Hall(rules => rules with { KeepHours = true });
        var open = Fold(hall, new HallEvent.DayOpened(Monday));

        Assert.Null(HallClock.DueDay(open, At(5, 17)));
        Assert.Equal(new CloseDay(), HallClock.DueDay(open, At(5, 18)));
        Assert.Null(HallClock.DueDay(Fold(open, new HallEvent.DayClosing(Monday)), At(5, 18)));
        Assert.Null(HallClock.DueDay(hall, At(5, 19)));
        Assert.Equal(new OpenDay(Monday), HallClock.DueDay(hall, At(5, 1)));
    }

    [Fact]
    public void Holiday_opens_no_day_and_a_day_that_somebody_opened_then_stays_open()
    {
        var hall = Hall(rules => rules with { KeepHours = true }, new SpecialDay(Monday, Monday, Texts.Of(("en", "Holiday")), []));

        Assert.Null(HallClock.DueDay(hall, At(5, 9)));
        Assert.Null(HallClock.DueDay(Fold(hall, new HallEvent.DayOpened(Monday)), At(5, 23)));
        Assert.Equal(new OpenDay(Monday.AddDays(1)), HallClock.DueDay(hall, At(6, 1)));
    }

    [Fact]
    public void Held_ticket_comes_back_when_its_time_is_up_and_not_before()
    {
        var story = Halls.With(site => site);
        var held = story.Take(Halls.Pay);
        story.Do(new CallNext(new(1)), new Hold(new(1), TimeSpan.FromMinutes(10)));

        Assert.Empty(HallClock.Due(story.State, story.Now + TimeSpan.FromMinutes(9)));
        Assert.Equal([new ResumeTicket(held)], HallClock.Due(story.State, story.Now + TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Hold_takes_the_hall_s_own_time_where_the_clerk_names_none()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { HoldFor = TimeSpan.FromMinutes(5) } });
        var held = story.Take(Halls.Pay);
        story.Do(new CallNext(new(1)), new Hold(new(1)));

        Assert.Equal(story.Now + TimeSpan.FromMinutes(5), story.State.Tickets[held].HeldUntil);
    }

    [Fact]
    public void Service_begins_when_the_customer_has_had_time_to_walk()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { BeginOnArrival = true, Walking = TimeSpan.FromSeconds(30) } });
        var called = story.Take(Halls.Pay);
        story.Do(new CallNext(new(1)));

        Assert.Empty(HallClock.Due(story.State, story.Now + TimeSpan.FromSeconds(29)));
        Assert.Equal(Rejection.CounterChanged, HallDecider.Decide(story.State, new Begin(new(1), new TicketId("another")), story.Now).Rejection);
        Assert.Equal([new Begin(new(1), called)], HallClock.Due(story.State, story.Now + TimeSpan.FromSeconds(30)));
        Assert.Empty(HallClock.Due(story.Do(new Begin(new(1))).State, story.Now + TimeSpan.FromSeconds(30)));
    }

    private static HallState Hall(Func<HallRules, HallRules> rules, params ImmutableArray<SpecialDay> special) =>
        HallState.For(Halls.Profile with { Hours = Daily, SpecialDays = special, Rules = rules(Halls.Profile.Rules with { Opening = DayOpening.Automatic }) }, printing: false);

    private static HallState Fold(HallState hall, params HallEvent[] facts) => facts.Aggregate(hall, (state, fact) => HallDecider.Evolve(state, fact, At(5, 9)));

    private static DateTimeOffset At(int day, int hour) => new(2026, 1, day, hour, 0, 0, TimeSpan.FromHours(8));
}
