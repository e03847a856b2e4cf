using System.Collections.Immutable;
using System.Globalization;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Waiting.Surge.SurgeStep;

namespace Kiosk.Domain.Tests;

/// <summary>The worked example of the rule, minute by minute: + a group comes, − a group goes.</summary>
public sealed class SurgeExampleTests
{
    /// <summary>Time, people waiting from then on, what is advised at that time.</summary>
    private const string Day = """
        10:00   5   nothing
        10:01   6   nothing                     more than 5: the timer of group 1 begins
        10:05   7   nothing
        10:06   7   + floating                  held for 5 minutes
        10:10   8   nothing
        10:11   8   + outbound                  held 5 minutes more
        10:15   6   nothing
        10:16   9   + quality                   5 minutes more
        10:17  10   nothing
        10:18  11   + back-office               more than 10 after the three: at once
        10:22  12   nothing
        10:23  12   overtime                    all four are in and it is still more than 10
        10:25  10   nothing
        10:29   9   nothing
        10:30   9   no overtime
        10:31   5   nothing                     5 or less: the timer of the release begins
        10:35   4   nothing
        10:36   4   - back-office               the last one goes first
        10:40   4   nothing
        10:41   5   - quality                   then one each 5 minutes
        10:45   5   nothing
        10:46   3   - outbound
        10:47   6   nothing                     the other side: its timer begins
        10:50   5   nothing                     and back: the release begins from the start
        10:51   6   nothing
        10:55   6   nothing
        10:56   6   + outbound
        10:57   5   nothing
        11:01   5   nothing
        11:02   5   - outbound
        11:07   0   - floating
        11:30   0   nothing
        """;

    [Fact]
    public void The_worked_example_runs_as_it_is_written() => Runs(SurgePlan.Example, Day);

    [Fact]
    public void Reserve_comes_together_with_the_third_group_when_more_than_ten_wait_by_then() => Runs(SurgePlan.Example, """
        09:00  30   nothing
        09:05  30   + floating
        09:10  30   + outbound
        09:14  30   nothing
        09:15  30   + quality + back-office
        09:20  30   overtime
        """);

    [Fact]
    public void Independent_reserve_comes_at_once_and_what_came_last_still_goes_first() => Runs(Independent, """
        09:00  11   + back-office
        09:05  11   + floating
        09:06   6   nothing
        09:10   6   + outbound
        09:12   0   nothing
        09:17   0   - outbound
        09:22   0   - floating
        09:27   0   - back-office
        """);

    [Fact]
    public void Reserve_that_was_sent_away_is_not_called_back_within_one_hold() => Runs(Independent, """
        09:00  11   + back-office
        09:01   0   nothing
        09:06   0   - back-office
        09:07  50   nothing
        09:10  50   nothing
        09:11  50   + back-office
        09:12  50   + floating
        """);

    [Fact]
    public void Plan_without_a_reserve_advises_no_overtime() => Runs(SurgePlan.Example with { Reserve = null }, """
        09:00  99   nothing
        09:05  99   + floating
        09:10  99   + outbound
        09:15  99   + quality
        12:00  99   nothing
        """);

    [Fact]
    public void Clock_that_jumps_takes_every_step_at_its_own_moment()
    {
        var crowded = SurgeMachine.Observe(SurgePlan.Example, SurgeState.Empty, 11, At("10:00"));

        Assert.Equal<SurgeStep>(
            [new CallIn("floating", At("10:05")), new CallIn("outbound", At("10:10")), new CallIn("quality", At("10:15")), new CallIn("back-office", At("10:15")), new AdviseOvertime(At("10:20"))],
            SurgeMachine.Due(SurgePlan.Example, crowded, At("13:00")));
    }

    [Fact]
    public void Next_moment_is_the_one_at_which_the_clock_asks()
    {
        var crowded = SurgeMachine.Observe(SurgePlan.Example, SurgeState.Empty, 6, At("10:00"));

        Assert.Equal(At("10:05"), SurgeMachine.NextAt(SurgePlan.Example, crowded));
        Assert.Empty(SurgeMachine.Due(SurgePlan.Example, crowded, At("10:05").AddTicks(-1)));
        Assert.Single(SurgeMachine.Due(SurgePlan.Example, crowded, At("10:05")));
        Assert.Null(SurgeMachine.NextAt(SurgePlan.Example, SurgeMachine.Observe(SurgePlan.Example, crowded, 5, At("10:01"))));
    }

    [Fact]
    public void End_of_the_day_releases_everybody_in_reverse_order()
    {
        var crowded = SurgeMachine.Observe(SurgePlan.Example, SurgeState.Empty, 11, At("10:00"));
        var full = SurgeMachine.Advance(SurgePlan.Example, crowded, At("11:00")).State;

        Assert.Equal<SurgeStep>(
            [new EndOvertime(At("18:00")), new Release("back-office", At("18:00")), new Release("quality", At("18:00")), new Release("outbound", At("18:00")), new Release("floating", At("18:00"))],
            SurgeMachine.EndOfDay(full, At("18:00")));
    }

    [Fact]
    public void Step_that_the_plan_does_not_know_changes_nothing()
    {
        var state = SurgeMachine.Observe(SurgePlan.Example, SurgeState.Empty, 6, At("10:00"));

        Assert.Equal(state, SurgeMachine.Apply(SurgePlan.Example, state, new CallIn("retired", At("10:05"))));
        Assert.Equal(state, SurgeMachine.Apply(SurgePlan.Example, state, new Release("floating", At("10:05"))));
        Assert.Equal(state, SurgeMachine.Apply(SurgePlan.Example with { Reserve = null }, state, new AdviseOvertime(At("10:05"))));
    }

    private static SurgePlan Independent => SurgePlan.Example with { Reserve = SurgePlan.Example.Reserve! with { Mode = ReserveMode.Independent } };

    private static void Runs(SurgePlan plan, string table)
    {
        var (state, run) = (SurgeState.Empty, ImmutableArray.CreateBuilder<string>());
        var rows = table.Split('\n').Select(row => (Time: row[..5], Waiting: row[5..11].Trim(), Advice: row[11..].Trim().Split("   ")[0])).ToList();
        foreach (var (time, waiting, _) in rows)
        {
            var (kept, due) = SurgeMachine.Advance(plan, state, At(time));
            kept = SurgeMachine.Observe(plan, kept, int.Parse(waiting, CultureInfo.InvariantCulture), At(time));
            (state, var atOnce) = SurgeMachine.Advance(plan, kept, At(time));
            run.Add($"{time} {waiting} {Words([.. due, .. atOnce], At(time))}");
        }

        Assert.Equal(rows.Select(row => $"{row.Time} {row.Waiting} {row.Advice}"), run);
    }

    private static string Words(ImmutableArray<SurgeStep> steps, DateTimeOffset at)
    {
        Assert.All(steps, step => Assert.Equal(at, step.At));
        return steps.IsEmpty ? "nothing" : string.Join(' ', steps.Select(step => step switch
        {
            CallIn call => $"+ {call.Group}",
            Release release => $"- {release.Group}",
            AdviseOvertime => "overtime",
            _ => "no overtime",
        }));
    }

    private static DateTimeOffset At(string time) => new(new DateOnly(2026, 1, 5), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture), TimeSpan.Zero);
}
