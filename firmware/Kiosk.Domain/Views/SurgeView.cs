using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Views;

/// <summary>A surge plan as those see it who act on its advice: who is in, who finishes, and what comes next.</summary>
/// <param name="Rungs">The groups in the plan's order, the reserve last.</param>
/// <param name="Next">What the clock asks for if the line stays as it is; null: nothing.</param>
/// <param name="OvertimeSince">Since when longer shifts are advised; null: they are not.</param>
public sealed record SurgeView(SurgePlan Plan, int Waiting, ImmutableArray<SurgeRung> Rungs, SurgeStep? Next, DateTimeOffset? OvertimeSince)
{
    /// <summary>Somebody is in or finishes, or the next step is on its way.</summary>
    public bool Active => Next is not null || Rungs.Any(rung => rung.Phase is not RungPhase.Out);

    public static SurgeView Of(HallState hall, SurgePlan plan)
    {
        var state = hall.SurgeOf(plan);
        return new(
            plan,
            state.Waiting,
            [
                .. plan.Groups.Select(group => SurgeRung.Of(hall, state, group, plan.Threshold, reserve: false)),
                .. plan.Reserve is { } last ? [SurgeRung.Of(hall, state, last.Group, last.Threshold, reserve: true)] : ImmutableArray<SurgeRung>.Empty,
            ],
            hall.Phase == DayPhase.Closed ? null : SurgeMachine.Next(plan, state),
            state.OvertimeSince);
    }
}

public enum RungPhase
{
    Out,
    In,

    /// <summary>Released, and one of its counters still serves a customer who was called before.</summary>
    Finishing,
}

/// <param name="Threshold">People waiting above which it comes.</param>
/// <param name="Since">When it was called in, or released; null: it was not in today.</param>
/// <param name="Serving">Counters of a finishing group where a customer still is.</param>
public sealed record SurgeRung(SurgeGroup Group, int Threshold, bool Reserve, RungPhase Phase, DateTimeOffset? Since, ImmutableArray<CounterId> Serving)
{
    internal static SurgeRung Of(HallState hall, SurgeState state, SurgeGroup group, int threshold, bool reserve)
    {
        foreach (var entry in state.In)
        {
            if (entry.Group == group.Id) return new(group, threshold, reserve, RungPhase.In, entry.At, []);
        }

        foreach (var gone in state.Gone)
        {
            if (gone.Group != group.Id) continue;

            // Whom they call afterwards is their own business: a person may stay longer than the plan asks.
            ImmutableArray<CounterId> serving = [.. group.Counters.Where(id => hall.Counters.TryGetValue(id, out var counter) && hall.At(counter) is { } ticket && ticket.CalledAt <= gone.At)];
            return new(group, threshold, reserve, serving.IsEmpty ? RungPhase.Out : RungPhase.Finishing, gone.At, serving);
        }

        return new(group, threshold, reserve, RungPhase.Out, null, []);
    }
}
