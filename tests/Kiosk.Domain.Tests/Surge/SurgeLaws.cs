using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Waiting.Surge.SurgeStep;

namespace Kiosk.Domain.Tests;

/// <summary>What is true of every plan whoever arrives whenever. The laws look at the numbers that were observed, not into the machine's timers.</summary>
public sealed class SurgeLaws
{
    private const int Sequences = 5000;

    private static readonly DateTimeOffset Opening = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<SurgePlan> Plans =
        from threshold in Gen.Choose(0, 8)
        from hold in Gen.Choose(1, 400)
        from release in Gen.Choose(1, 400)
        from groups in Gen.Choose(1, 4)
        from above in Gen.Choose(0, 5)
        from reserve in Gen.Elements<ReserveMode?>(null, ReserveMode.AfterGroups, ReserveMode.Independent, ReserveMode.Independent)
        select SurgePlan.Example with
        {
            Threshold = threshold,
            Hold = TimeSpan.FromSeconds(hold),
            Release = TimeSpan.FromSeconds(release),
            Groups = [.. Enumerable.Range(1, groups).Select(n => SurgePlan.Example.Groups[0] with { Id = $"g{n}" })],
            Reserve = reserve is { } mode ? SurgePlan.Example.Reserve! with { Threshold = threshold + above, Mode = mode } : null,
        };

    /// <summary>Seconds until the number changes, and by how much: calm and bursts, and now and then a long time in which nobody looks.</summary>
    private static readonly Gen<(int Gap, int Change)> Moves =
        from gap in Gen.Frequency((6, Gen.Choose(0, 90)), (3, Gen.Choose(0, 600)), (1, Gen.Choose(0, 6000)))
        from change in Gen.Frequency((6, Gen.Choose(-2, 2)), (2, Gen.Choose(-12, 12)))
        select (gap, change);

    [Fact]
    public void Laws_hold_whoever_arrives_whenever() => ForAll((plan, moves) =>
    {
        var run = Run.Of(plan, moves);
        return run.Steps.Select((_, index) => Broken(plan, run, index)).FirstOrDefault(law => law is not null) ?? BrokenOrder(run);
    });

    [Fact]
    public void Crowd_that_lasts_brings_everybody_in_and_a_quiet_hall_sends_everybody_home() => ForAll((plan, moves) =>
    {
        var run = Run.Of(plan, moves);
        run.Observe(99, 0);
        run.Observe(99, (int)plan.Hold.TotalSeconds * (plan.Steps + 2));
        if (run.State.In.Count != plan.Steps) return "somebody was not called in";
        if (run.State.OvertimeSince is null != plan.Reserve is null) return "overtime is advised where there is a reserve";

        run.Observe(0, 0);
        run.Observe(0, (int)plan.Release.TotalSeconds * plan.Steps);
        if (!run.State.In.IsEmpty || run.State.OvertimeSince is not null) return "somebody was not released";
        return SurgeMachine.NextAt(plan, run.State) is null ? null : "something is due in an empty hall";
    });

    [Fact]
    public void It_makes_no_difference_how_often_somebody_looks() => ForAll((plan, moves) =>
    {
        var (seldom, often) = (Run.Of(plan, moves), Run.Of(plan, moves, looks: 3));
        return seldom.Steps.SequenceEqual(often.Steps) && seldom.State == often.State ? null : "who looks more often sees other steps";
    }, sequences: Sequences / 2);

    [Fact]
    public void Fold_from_scratch_and_from_any_snapshot_gives_the_same_state() => ForAll((plan, moves) =>
    {
        var run = Run.Of(plan, moves);
        for (var from = 0; from <= run.Facts.Count; from += Math.Max(1, run.Facts.Count / 5))
        {
            var state = run.Facts.Take(from).Aggregate(SurgeState.Empty, (folded, fact) => fact(folded));
            if (state != run.States[from]) return $"the fold from scratch differs after {from} facts";
            if (run.Facts.Skip(from).Aggregate(run.States[from], (folded, fact) => fact(folded)) != run.State) return $"the fold from the snapshot after {from} facts differs";
        }

        return null;
    });

    private static void ForAll(Func<SurgePlan, IReadOnlyList<(int Gap, int Change)>, string?> broken, int sequences = Sequences) => Prop
        .ForAll(Plans.ToArbitrary(), Moves.ListOf().Select(list => (IReadOnlyList<(int, int)>)[.. list]).ToArbitrary(), (plan, moves) => broken(plan, moves) is not { } law ? true.ToProperty() : false.Label(law))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(sequences).WithEndSize(120));

    /// <summary>The law that the step breaks, or null.</summary>
    private static string? Broken(SurgePlan plan, Run run, int index)
    {
        var step = run.Steps[index];
        var earlier = run.Steps.Take(index).ToList();
        var inside = Stack(earlier);
        if (index > 0 && step.At < earlier[^1].At) return "steps come in order of their moments";
        switch (step)
        {
            case CallIn(var group, var at) when group == plan.Reserve?.Group.Id:
                if (!run.Held(at, TimeSpan.Zero, waiting => waiting > plan.Reserve.Threshold)) return "the reserve came without its crowd";
                if (plan.Reserve.Mode == ReserveMode.AfterGroups && inside.Count < plan.Groups.Length) return "the reserve came before the other groups";
                return earlier.OfType<Release>().Any(release => release.At + plan.Hold > at) ? "a group came within one hold of a release" : null;
            case CallIn(_, var at):
                if (!run.Held(at, plan.Hold, waiting => waiting > plan.Threshold)) return "a group came before its timer";
                if (earlier.OfType<CallIn>().Any(call => call.Group != plan.Reserve?.Group.Id && call.At + plan.Hold > at)) return "a timer called two groups in";
                return earlier.OfType<Release>().Any(release => release.At + plan.Hold > at) ? "a group came within one hold of a release" : null;
            case Release(var group, var at):
                if (inside.Count == 0 || inside.Peek() != group) return "another group had come later";
                if (!run.Held(at, plan.Release, waiting => waiting <= plan.Threshold)) return "a group went before its timer";
                return earlier.Any(other => other is CallIn or Release && other.At + plan.Release > at) ? "a group went within one release of a step" : null;
            case AdviseOvertime(var at):
                if (inside.Count < plan.Steps) return "overtime was advised before everybody was in";
                return run.Held(at, plan.Hold, waiting => waiting > plan.Reserve!.Threshold) ? null : "overtime was advised before its timer";
            default:
                return run.Held(step.At, plan.Release, waiting => waiting <= plan.Reserve!.Threshold) ? null : "overtime ended before its timer";
        }
    }

    private static string? BrokenOrder(Run run)
    {
        var overtime = run.Steps.Where(step => step is AdviseOvertime or EndOvertime).Select(step => step is AdviseOvertime).ToList();
        if (overtime.Where((begins, index) => begins == (index % 2 == 1)).Any()) return "overtime begins and ends in turn";
        return Stack(run.Steps).Reverse().SequenceEqual(run.State.In.Select(entry => entry.Group)) ? null : "who is in is not who came and has not gone";
    }

    private static Stack<string> Stack(IEnumerable<SurgeStep> steps)
    {
        var stack = new Stack<string>();
        foreach (var step in steps)
        {
            if (step is CallIn call) stack.Push(call.Group);
            if (step is Release) stack.Pop();
        }

        return stack;
    }

    /// <summary>A plan driven by numbers, with everything that was seen and done.</summary>
    private sealed class Run(SurgePlan plan, int looks)
    {
        private readonly List<(DateTimeOffset At, int Waiting)> _seen = [];
        private DateTimeOffset _now = Opening;

        public SurgeState State => States[^1];

        public List<SurgeStep> Steps { get; } = [];

        public List<Func<SurgeState, SurgeState>> Facts { get; } = [];

        /// <summary>Before any fact, and behind each.</summary>
        public List<SurgeState> States { get; } = [SurgeState.Empty];

        public static Run Of(SurgePlan plan, IReadOnlyList<(int Gap, int Change)> moves, int looks = 1)
        {
            var (run, waiting) = (new Run(plan, looks), 0);
            foreach (var (gap, change) in moves) run.Observe(waiting = Math.Max(0, waiting + change), gap);
            return run;
        }

        public void Observe(int waiting, int gap)
        {
            for (var look = 1; look <= looks; look++) Look(_now + TimeSpan.FromSeconds(gap) * look / looks);
            _now += TimeSpan.FromSeconds(gap);
            var at = _now;
            _seen.Add((at, waiting));
            Fold(state => SurgeMachine.Observe(plan, state, waiting, at));
            Look(at);
        }

        /// <summary>Whether the number was so all the time before that moment; without a span: just before it, or at it.</summary>
        public bool Held(DateTimeOffset at, TimeSpan span, Func<int, bool> so)
        {
            if (span == TimeSpan.Zero) return _seen.Where(seen => seen.At < at).TakeLast(1).Concat(_seen.Where(seen => seen.At == at)).Any(seen => so(seen.Waiting));

            var begin = _seen.FindLastIndex(seen => seen.At <= at - span);
            return begin >= 0 && _seen.Skip(begin).TakeWhile(seen => seen.At < at).All(seen => so(seen.Waiting));
        }

        private void Look(DateTimeOffset at)
        {
            foreach (var step in SurgeMachine.Due(plan, State, at))
            {
                Steps.Add(step);
                Fold(state => SurgeMachine.Apply(plan, state, step));
            }
        }

        private void Fold(Func<SurgeState, SurgeState> fact)
        {
            Facts.Add(fact);
            States.Add(fact(State));
        }
    }
}
