using System.Collections.Immutable;
using System.Diagnostics;
using static Kiosk.Domain.Waiting.Surge.SurgeStep;

namespace Kiosk.Domain.Waiting.Surge;

/// <summary>
/// The surge plan as a stack with timers: a crowd that lasts pushes the next group, a crowd that is gone pops the last one that came. Crossing the threshold
/// restarts the timer of the other side. Pure, and of any source of numbers: a hall, or the log of one.
/// Ask <see cref="Advance"/> for a moment before <see cref="Observe"/> brings in what changed at it: until then the old number held.
/// </summary>
public static class SurgeMachine
{
    /// <summary>So many wait from that moment on.</summary>
    /// <param name="at">Not before the last one.</param>
    public static SurgeState Observe(SurgePlan plan, SurgeState state, int waiting, DateTimeOffset at)
    {
        if (waiting == state.Waiting && (state.AboveSince ?? state.BelowSince) is not null) return state;

        var above = waiting > plan.Threshold;
        bool? crowded = plan.Reserve is { } reserve ? waiting > reserve.Threshold : null;
        return state with
        {
            Waiting = waiting,
            AboveSince = above ? state.AboveSince ?? at : null,
            BelowSince = above ? null : state.BelowSince ?? at,
            CrowdedSince = crowded == true ? state.CrowdedSince ?? at : null,
            EasedSince = crowded == false ? state.EasedSince ?? at : null,
        };
    }

    /// <summary>What the clock asks for by now, each at its own moment, in order: several if it has jumped.</summary>
    public static ImmutableArray<SurgeStep> Due(SurgePlan plan, SurgeState state, DateTimeOffset at) => Advance(plan, state, at).Steps;

    /// <summary>When the clock asks for something next if nothing changes; null: never.</summary>
    public static DateTimeOffset? NextAt(SurgePlan plan, SurgeState state) => Next(plan, state)?.At;

    /// <summary>All that is due by then, and the state behind it.</summary>
    public static (SurgeState State, ImmutableArray<SurgeStep> Steps) Advance(SurgePlan plan, SurgeState state, DateTimeOffset at)
    {
        if (!(Next(plan, state) is { } first && first.At <= at)) return (state, []);

        var steps = ImmutableArray.CreateBuilder<SurgeStep>();
        for (SurgeStep? step = first; step is not null && step.At <= at; step = Next(plan, state))
        {
            steps.Add(step);
            state = Apply(plan, state, step);
        }

        return (state, steps.ToImmutable());
    }

    /// <summary>The state behind a step. Total: a group that the plan no longer has changes nothing, nor does a step that was taken already.</summary>
    public static SurgeState Apply(SurgePlan plan, SurgeState state, SurgeStep step) => step switch
    {
        CallIn call => plan.Group(call.Group) is null || state.Has(call.Group) ? state : Pushed(plan, state, call),
        Release release => state.Has(release.Group) ? Popped(state, release) : state,
        AdviseOvertime advice => plan.Reserve is null ? state : state with { OvertimeSince = advice.At },
        EndOvertime => state with { OvertimeSince = null },
        _ => throw new UnreachableException(),
    };

    /// <summary>The end of the day releases everybody, in reverse order of coming.</summary>
    public static ImmutableArray<SurgeStep> EndOfDay(SurgeState state, DateTimeOffset at) =>
    [
        .. state.OvertimeSince is null ? [] : new SurgeStep[] { new EndOvertime(at) },
        .. state.In.Reverse().Select(entry => new Release(entry.Group, at)),
    ];

    /// <summary>The step that comes first if nothing changes; null: none. Of several at one moment the end of the overtime is the first and its beginning the last.</summary>
    public static SurgeStep? Next(SurgePlan plan, SurgeState state)
    {
        SurgeStep? next = null;
        if (state is { OvertimeSince: not null, EasedSince: { } eased }) next = new EndOvertime(eased + plan.Release);
        if (state is { BelowSince: { } below, In: [.., var last] }) next = Earlier(next, new Release(last.Group, below + plan.Release));
        if (state.AboveSince is { } above && NextGroup(plan, state) is { } group) next = Earlier(next, new CallIn(group.Id, above + plan.Hold));
        if (ReserveAt(plan, state) is { } called) next = Earlier(next, new CallIn(plan.Reserve!.Group.Id, called));
        if (OvertimeAt(plan, state) is { } advised) next = Earlier(next, new AdviseOvertime(advised));
        return next;
    }

    // What came last goes first, so those that are in are always the first ones of the plan.
    private static SurgeGroup? NextGroup(SurgePlan plan, SurgeState state) => plan.Groups.FirstOrDefault(group => !state.Has(group.Id));

    // At once, but nobody is sent away and called back within one hold.
    private static DateTimeOffset? ReserveAt(SurgePlan plan, SurgeState state)
    {
        if (plan.Reserve is not { } reserve || state.CrowdedSince is not { } at || state.Has(reserve.Group.Id)) return null;

        if (reserve.Mode == ReserveMode.AfterGroups)
        {
            if (NextGroup(plan, state) is not null) return null;
            if (state.In is [.., var last]) at = Later(at, last.At);
        }

        return state.ReleasedAt is { } released ? Later(at, released + plan.Hold) : at;
    }

    // "Still" too many: the last group has been in for one hold.
    private static DateTimeOffset? OvertimeAt(SurgePlan plan, SurgeState state) =>
        state is { OvertimeSince: null, CrowdedSince: { } crowded, In: [.., var last] } && state.In.Count == plan.Steps
            ? Later(crowded, last.At) + plan.Hold
            : null;

    private static SurgeState Pushed(SurgePlan plan, SurgeState state, CallIn call) => state with
    {
        In = state.In.Add(new(call.Group, call.At)),
        Gone = state.Gone.RemoveAll(entry => entry.Group == call.Group),
        AboveSince = state.AboveSince is not null && call.Group != plan.Reserve?.Group.Id ? call.At : state.AboveSince,
    };

    private static SurgeState Popped(SurgeState state, Release release) => state with
    {
        In = state.In.RemoveAll(entry => entry.Group == release.Group),
        Gone = state.Gone.Add(new(release.Group, release.At)),
        ReleasedAt = release.At,
        BelowSince = state.BelowSince is not null ? release.At : null,
    };

    private static SurgeStep Earlier(SurgeStep? one, SurgeStep other) => one is not null && one.At <= other.At ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
