using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Routing;

/// <summary>Who is called next, and the reason that is kept with the call. One command a minute; counters 1 and 2 for pay (A) and new (B), 3 for new, 4 for vip (V).</summary>
public sealed class RouterTests
{
    private static readonly CounterId One = new(1), Three = new(3);

    [Fact]
    public void Priority_overtakes_as_soon_as_its_faster_clock_has_caught_up()
    {
        var story = Halls.With(site => site);
        story.Take(Halls.Pay);
        story.After(TimeSpan.FromMinutes(5)).Take(Halls.Pay, PriorityClass.Senior);

        // Seven minutes against one that counts double; then thirteen against seven.
        Assert.Equal("A001", Call(story).At(1));
        story = Halls.With(site => site);
        story.Take(Halls.Pay);
        story.After(TimeSpan.FromMinutes(5)).Take(Halls.Pay, PriorityClass.Senior);
        story.After(TimeSpan.FromMinutes(6));
        Assert.Equal("A002", Call(story).At(1));
        Assert.Equal(CallRule.Priority, Why(story).Rule);
        Assert.Equal(["A002", "A001"], Why(story).Candidates.Select(candidate => candidate.Number.ToString()));
        Assert.True(Why(story).Candidates[0].Score > Why(story).Candidates[1].Score);
    }

    [Fact]
    public void Nobody_is_called_before_somebody_who_stands_there_longer_than_priority_may_add()
    {
        var story = Halls.With(site => site with { Routing = site.Routing with { MayAdd = TimeSpan.FromMinutes(10), Policy = RoutingPolicy.Strict } });
        story.Take(Halls.Pay);
        story.After(TimeSpan.FromMinutes(8)).Take(Halls.Pay, PriorityClass.Urgent);
        story.After(TimeSpan.FromMinutes(2)).Take(Halls.Pay, PriorityClass.Urgent);

        // The first came within ten minutes of A001, the second did not.
        Assert.Equal("A002", Call(story).At(1));
        Assert.Equal("A001", Call(story).At(1));
        Assert.Equal(CallRule.Bound, Why(story).Rule);
    }

    [Fact]
    public void Strict_policy_calls_the_higher_class_whatever_the_others_have_waited()
    {
        var story = Halls.With(site => site with { Routing = site.Routing with { Policy = RoutingPolicy.Strict } });
        story.Take(Halls.Pay);
        story.Take(Halls.Pay, PriorityClass.Senior);
        story.Take(Halls.Pay, PriorityClass.Urgent);

        Assert.Equal(["A003", "A002", "A001"], Enumerable.Range(0, 3).Select(_ => Call(story).At(1)));
    }

    [Fact]
    public void First_come_knows_no_priority()
    {
        var story = Halls.With(site => site with { Routing = site.Routing with { Policy = RoutingPolicy.FirstCome, Preference = TimeSpan.FromMinutes(30) } });
        story.Take(Halls.New);
        story.Take(Halls.Pay, PriorityClass.Urgent);

        Assert.Equal(["B001", "A001"], Enumerable.Range(0, 2).Select(_ => Call(story).At(1)));
        Assert.Equal(CallRule.OnlyOne, Why(story).Rule);
    }

    [Fact]
    public void Counter_prefers_its_first_service_until_the_other_has_waited_that_much_longer()
    {
        HallProfile Prefers(HallProfile site) => site with { Routing = site.Routing with { Preference = TimeSpan.FromMinutes(5) } };
        var story = Halls.With(Prefers);
        story.Take(Halls.New);
        story.Take(Halls.Pay);
        Assert.Equal("A001", Call(story).At(1));

        story = Halls.With(Prefers);
        story.Take(Halls.New);
        story.After(TimeSpan.FromMinutes(5)).Take(Halls.Pay);
        Assert.Equal("B001", Call(story).At(1));
    }

    [Fact]
    public void Vip_counter_serves_its_own_first_and_helps_the_others_when_it_is_free()
    {
        var story = Halls.With(VipHelps);
        story.Take(Halls.Pay);
        story.After(TimeSpan.FromMinutes(30)).Take(Halls.Vip);
        story.Take(Halls.Pay, PriorityClass.Vip);

        Assert.Equal(["V001", "A002", "A001"], Enumerable.Range(0, 3).Select(_ => story.Do(new CallNext(new(4))).At(4)));
        Assert.Equal([CallRule.OwnCustomers, CallRule.OwnCustomers, CallRule.OnlyOne], story.Journal.OfType<TicketCalled>().Select(called => called.Why!.Rule));
    }

    [Fact]
    public void Chosen_ticket_is_called_out_of_turn_and_the_reason_says_so()
    {
        var story = Halls.With(site => site);
        story.Take(Halls.Pay);
        var chosen = story.Take(Halls.Pay);

        Assert.Equal("A002", story.Do(new CallTicket(One, chosen)).At(1));
        Assert.Equal((CallRule.Chosen, 2), (Why(story).Rule, Why(story).Waiting));
        Assert.Equal(Rejection.ServiceNotOffered, story.Do(new CallTicket(Three, story.Take(Halls.Pay))).Refused);
        Assert.Equal(Rejection.TicketNotWaiting, story.Do(new CallTicket(new(2), chosen)).Refused);
    }

    [Fact]
    public void Hall_that_calls_by_itself_sends_the_next_to_the_counter_that_is_free_longest()
    {
        var story = Halls.With(site => site with { Rules = site.Rules with { AutoCall = true } });
        story.Take(Halls.Pay);
        story.Take(Halls.Pay);
        story.Take(Halls.Pay);
        Assert.Equal(("A001", "A002"), (story.At(1), story.At(2)));

        story.Do(new Finish(new(2)));
        Assert.Equal("A003", story.At(2));
        Assert.Null(story.Do(new PauseCounter(One), new Finish(One)).At(1));
    }

    [Fact]
    public void Ticket_that_becomes_urgent_stands_in_line_with_the_urgent_ones()
    {
        var story = Halls.With(site => site with { Routing = site.Routing with { Policy = RoutingPolicy.Strict } });
        story.Take(Halls.Pay);
        var second = story.Take(Halls.Pay);
        story.Do(new PrioritiseTicket(second, PriorityClass.Urgent));
        Assert.Equal(Rejection.PrioritySame, story.Do(new PrioritiseTicket(second, PriorityClass.Urgent)).Refused);

        Assert.Equal("A002", Call(story).At(1));
        story.Do(new PrioritiseTicket(second, null));
        Assert.Null(story.State.Tickets[second].Class);
    }

    private static HallProfile VipHelps(HallProfile site) => site with
    {
        Counters = [.. site.Counters.Take(3), new CounterProfile(new(4), CounterKind.Vip, [Halls.Vip, Halls.Pay])],
    };

    private static Story Call(Story story) => story.Do(new CallNext(One));

    private static CallReason Why(Story story) => story.Journal.OfType<TicketCalled>().Last().Why!;
}
