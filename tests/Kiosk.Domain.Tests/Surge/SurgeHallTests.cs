using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests;

/// <summary>Surge plans in a hall: its lines are counted, its clock asks, its day ends.</summary>
public sealed class SurgeHallTests
{
    private static readonly HallProfile Planned = Halls.Profile with { Surge = [SurgePlan.Example] };

    [Fact]
    public void Clock_asks_when_the_timer_runs_out_and_the_group_is_written_down()
    {
        var crowd = new Diary(Planned).Opens().Take(Halls.Pay, 6);

        Assert.DoesNotContain(new KeepSurge(), HallClock.Due(crowd.State, crowd.Now.AddMinutes(5).AddTicks(-1)));
        Assert.Contains(new KeepSurge(), HallClock.Due(crowd.State, crowd.Now.AddMinutes(5)));
        Assert.Equal(Rejection.NoSurgeStepDue, crowd.Do(new KeepSurge()));

        var moment = crowd.Now.AddMinutes(5);
        Assert.Null(crowd.After(5).Do(new KeepSurge()));
        Assert.Equivalent(new SurgeGroupCalledIn("hall", "floating", 6, moment, ["floating"]), crowd.Journal[^1].Fact, strict: true);
        Assert.Equal(Rejection.NoSurgeStepDue, crowd.Do(new KeepSurge()));
    }

    [Fact]
    public void Timer_that_began_before_a_restart_is_still_due_at_its_moment()
    {
        var crowd = new Diary(Planned).Opens().Take(Halls.Pay, 6);
        var restarted = crowd.Folded();

        Assert.Equal(crowd.Now.AddMinutes(5), SurgeMachine.NextAt(SurgePlan.Example, restarted.SurgeOf(SurgePlan.Example)));
        Assert.Contains(new KeepSurge(), HallClock.Due(restarted, crowd.Now.AddMinutes(5)));
    }

    [Fact]
    public void Late_look_writes_every_step_with_its_own_moment_and_the_next_one_is_in_time()
    {
        var crowd = new Diary(Planned).Opens().Take(Halls.Pay, 6);
        var began = crowd.Now;

        crowd.After(12).Do(new KeepSurge());

        Assert.Equal([began.AddMinutes(5), began.AddMinutes(10)], crowd.Facts.OfType<SurgeGroupCalledIn>().Select(called => called.Due));
        Assert.Equal(began.AddMinutes(15), SurgeMachine.NextAt(SurgePlan.Example, crowd.State.SurgeOf(SurgePlan.Example)));
    }

    [Fact]
    public void Group_goes_when_the_line_is_short_and_no_counter_is_touched_by_either()
    {
        var hall = new Diary(Planned).Opens();
        hall.Do(new OpenCounter(new(1)));
        hall.Do(new OpenCounter(new(2)));
        hall.Take(Halls.Pay, 6).After(5).Do(new KeepSurge());
        var counters = hall.State.Counters;
        hall.Do(new CallNext(new(1)));

        var moment = hall.Now.AddMinutes(5);
        hall.After(5).Do(new KeepSurge());

        Assert.Equivalent(new SurgeGroupReleased("hall", "floating", 5, moment, []), hall.Journal[^1].Fact, strict: true);
        Assert.Equal(counters.Values.Select(counter => counter.Phase), hall.State.Counters.Values.Select(counter => counter.Phase));
        Assert.Equal("A001", hall.State.At(hall.State.Counters[new(1)])?.Number.ToString());
    }

    [Fact]
    public void Everybody_in_and_still_a_crowd_advises_overtime()
    {
        var crowd = new Diary(Planned).Opens().Take(Halls.Pay, 11);

        crowd.After(20).Do(new KeepSurge());

        var advised = Assert.IsType<SurgeOvertimeAdvised>(crowd.Journal[^1].Fact);
        Assert.Equal((11, crowd.Now), (advised.Waiting, advised.Due));
        Assert.Equal(["floating", "outbound", "quality", "back-office"], advised.In);
    }

    [Fact]
    public void Plan_for_some_services_counts_their_lines_only_also_who_waits_for_one_counter()
    {
        var some = SurgePlan.Example with { Services = [Halls.New] };
        var hall = new Diary(Halls.Profile with { Surge = [some] }).Opens();
        hall.Do(new OpenCounter(new(3)));
        hall.Take(Halls.Pay, 8).Take(Halls.New, 2);
        Assert.Equal(2, hall.State.SurgeOf(some).Waiting);

        hall.Do(new TransferTicket(hall.Ids[0], Halls.New, new(3)));
        Assert.Equal(3, hall.State.SurgeOf(some).Waiting);
    }

    [Fact]
    public void Two_plans_run_beside_each_other()
    {
        var hall = new Diary(Halls.Profile with { Surge = [SurgePlan.Example, SurgePlan.Example with { Id = "pay", Services = [Halls.Pay], Threshold = 2 }] }).Opens();

        hall.Take(Halls.Pay, 6).After(5).Do(new KeepSurge());

        Assert.Equal(["hall floating", "pay floating"], hall.Facts.OfType<SurgeGroupCalledIn>().Select(called => $"{called.Plan} {called.Group}").Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void End_of_the_day_releases_everybody_and_the_next_day_begins_empty(bool force)
    {
        var hall = new Diary(Planned).Opens();
        hall.Do(new OpenCounter(new(1)));
        hall.Take(Halls.Pay, 11).After(20).Do(new KeepSurge());
        hall.Do(new CloseDay(force));
        if (!force)
        {
            Assert.Equal(4, hall.State.SurgeOf(SurgePlan.Example).In.Count);
            for (var n = 0; n < 11; n++) hall.Do(new CallNext(new(1)));
            hall.Do(new Finish(new(1)));
        }

        var end = hall.Facts.SkipWhile(fact => fact is not SurgeOvertimeEnded).Where(fact => fact is not TicketAbandoned).ToList();
        Assert.IsType<DayClosed>(end[^1]);
        Assert.True(((SurgeOvertimeEnded)end[0]).DayEnds);
        Assert.Equal(["back-office", "quality", "outbound", "floating"], end.OfType<SurgeGroupReleased>().Where(released => released.DayEnds).Select(released => released.Group));
        Assert.DoesNotContain(new KeepSurge(), HallClock.Due(hall.State, hall.Now.AddDays(1)));
        Assert.Equal(Rejection.DayNotOpen, hall.Do(new KeepSurge()));

        hall.Do(new OpenDay(Halls.Today.AddDays(1)));
        Assert.Empty(hall.State.SurgeOf(SurgePlan.Example).In);
        Assert.Null(SurgeMachine.NextAt(SurgePlan.Example, hall.State.SurgeOf(SurgePlan.Example)));
    }

    [Fact]
    public void Hall_without_a_plan_is_advised_nothing()
    {
        var crowd = new Diary(Halls.Profile).Opens().Take(Halls.Pay, 30);

        Assert.Empty(HallClock.Due(crowd.State, crowd.Now.AddHours(1)));
        Assert.Empty(crowd.State.Surge);
    }

    [Fact]
    public void Facts_of_a_plan_that_the_profile_no_longer_has_are_folded_all_the_same()
    {
        var crowd = new Diary(Planned).Opens().Take(Halls.Pay, 11);
        crowd.After(20).Do(new KeepSurge());
        crowd.Do(new CloseDay(Force: true));

        Assert.Empty(crowd.Folded(Halls.Profile).Surge);
        Assert.Equal(
            ["floating"],
            crowd.Folded(Halls.Profile with { Surge = [SurgePlan.Example with { Groups = [SurgePlan.Example.Groups[0]], Reserve = null }] }, until: fact => fact is SurgeOvertimeAdvised)
                .Surge["hall"].In.Select(entry => entry.Group));
    }

    [Fact]
    public void Plans_follow_the_lines_and_every_fold_gives_the_same_whatever_people_press() =>
        Prop.ForAll(HallLaws.AnyCommand.ListOf().Select(list => (IReadOnlyList<HallCommand>)[.. list]).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (commands, at) =>
        {
            var plans = Planned with { Surge = [SurgePlan.Example with { Threshold = 1 }, SurgePlan.Example with { Id = "new", Services = [Halls.New], Threshold = 0 }] };
            var hall = new Diary(plans).Opens();
            foreach (var command in commands)
            {
                if (command is TakeTicket take) hall.Take(take.Service, 1);
                else hall.Do(command);
                foreach (var due in HallClock.Due(hall.State, hall.After(1).Now).ToList()) hall.Do(due);
                if (Broken(hall.State) is { } law) return false.Label(law);
            }

            var half = hall.Journal.Count * at / 100;
            var snapshot = hall.Journal.Take(half).Aggregate(HallState.For(plans, printing: true), (state, entry) => HallDecider.Evolve(state, entry.Fact, entry.At));
            var resumed = hall.Journal.Skip(half).Aggregate(snapshot, (state, entry) => HallDecider.Evolve(state, entry.Fact, entry.At));
            return (Same(hall.State, hall.Folded()) && Same(hall.State, resumed)).Label("a fold gives another state");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60));

    private static string? Broken(HallState hall)
    {
        if (hall.Phase == DayPhase.Closed) return hall.Surge.IsEmpty ? null : "something is left of a closed day";
        if (hall.SurgeOf(hall.Site.Surge[0]).Waiting != hall.Waiting) return "the plan counts other people than wait";
        var waiting = hall.Tickets.Values.Count(ticket => ticket.Phase == TicketPhase.Waiting && ticket.Service == Halls.New);
        return hall.SurgeOf(hall.Site.Surge[1]).Waiting == waiting ? null : "the plan for some services counts other people than wait for them";
    }

    private static bool Same(HallState one, HallState other) =>
        one.Surge.Count == other.Surge.Count && one.Surge.All(pair => other.Surge.TryGetValue(pair.Key, out var state) && state == pair.Value);

    /// <summary>A hall whose facts are kept with their times; nothing takes time but <see cref="After"/>.</summary>
    private sealed class Diary(HallProfile profile)
    {
        public HallState State { get; private set; } = HallState.For(profile, printing: true);

        public DateTimeOffset Now { get; private set; } = Halls.Opening;

        public List<(HallEvent Fact, DateTimeOffset At)> Journal { get; } = [];

        public IEnumerable<HallEvent> Facts => Journal.Select(entry => entry.Fact);

        public List<TicketId> Ids { get; } = [];

        public Diary Opens()
        {
            Do(new OpenDay(Halls.Today));
            return this;
        }

        public Diary After(int minutes)
        {
            Now += TimeSpan.FromMinutes(minutes);
            return this;
        }

        public Diary Take(ServiceId service, int people)
        {
            for (var n = 0; n < people; n++)
            {
                Ids.Add(new($"t{Ids.Count:00000000000}"));
                Do(new TakeTicket(Ids[^1], service, "en"));
            }

            return this;
        }

        public Rejection? Do(HallCommand command)
        {
            var decision = HallDecider.Decide(State, command, Now);
            State = HallDecider.Evolve(State, decision.Events, Now);
            Journal.AddRange(decision.Events.Select(fact => (fact, Now)));
            return decision.Rejection;
        }

        /// <summary>As a restart folds it.</summary>
        /// <param name="until">The last fact; null: all.</param>
        public HallState Folded(HallProfile? other = null, Func<HallEvent, bool>? until = null)
        {
            var state = HallState.For(other ?? profile, printing: true);
            foreach (var (fact, at) in Journal)
            {
                state = HallDecider.Evolve(state, fact, at);
                if (until?.Invoke(fact) == true) break;
            }

            return state;
        }
    }
}
