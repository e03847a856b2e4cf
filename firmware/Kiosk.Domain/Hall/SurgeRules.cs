using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Hall;

/// <summary>What the surge plans of the hall ask for, as facts.</summary>
internal static class SurgeRules
{
    /// <summary>All that is due by now, of every plan.</summary>
    public static Decision Keep(HallState hall, DateTimeOffset at)
    {
        if (hall.Phase == DayPhase.Closed) return Rejection.DayNotOpen;

        var facts = hall.Site.Surge.SelectMany(plan => Facts(plan, hall.SurgeOf(plan), SurgeMachine.Due(plan, hall.SurgeOf(plan), at))).ToImmutableArray();
        return facts.IsEmpty ? Rejection.NoSurgeStepDue : Decision.Of(facts);
    }

    public static bool Due(HallState hall, DateTimeOffset at) =>
        hall.Site.Surge.Any(plan => SurgeMachine.NextAt(plan, hall.SurgeOf(plan)) <= at);

    /// <summary>Everybody whom a plan called in goes with the day.</summary>
    public static IEnumerable<HallEvent> EndOfDay(HallState hall, DateTimeOffset at) =>
        hall.Site.Surge.SelectMany(plan => Facts(plan, hall.SurgeOf(plan), SurgeMachine.EndOfDay(hall.SurgeOf(plan), at), dayEnds: true));

    private static IEnumerable<HallEvent> Facts(SurgePlan plan, SurgeState state, ImmutableArray<SurgeStep> steps, bool dayEnds = false)
    {
        foreach (var step in steps)
        {
            state = SurgeMachine.Apply(plan, state, step);
            IReadOnlyList<string> inside = [.. state.In.Select(entry => entry.Group)];
            yield return step switch
            {
                SurgeStep.CallIn(var group, var at) => new SurgeGroupCalledIn(plan.Id, group, state.Waiting, at, inside),
                SurgeStep.Release(var group, var at) => new SurgeGroupReleased(plan.Id, group, state.Waiting, at, inside, dayEnds),
                SurgeStep.AdviseOvertime(var at) => new SurgeOvertimeAdvised(plan.Id, state.Waiting, at, inside),
                SurgeStep.EndOvertime(var at) => new SurgeOvertimeEnded(plan.Id, state.Waiting, at, inside, dayEnds),
                _ => throw new UnreachableException(),
            };
        }
    }
}
