using System.Collections.Immutable;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Mqtt;

/// <summary>A surge plan as the retained text of the hall shows it.</summary>
internal static class SurgeSnapshot
{
    public static SurgePayload Of(SurgeView view, string language) => new(
        view.Plan.Id,
        view.Waiting,
        view.Plan.Threshold,
        Groups(view, RungPhase.In, language),
        Groups(view, RungPhase.Finishing, language),
        view.OvertimeSince,
        Next(view.Next));

    private static ImmutableArray<SurgeGroupPayload> Groups(SurgeView view, RungPhase phase, string language) =>
        [.. view.Rungs.Where(rung => rung.Phase == phase).OrderBy(rung => rung.Since).Select(rung => new SurgeGroupPayload(rung.Group.Id, rung.Group.Name.In(language), rung.Since!.Value))];

    private static SurgeNextPayload? Next(SurgeStep? step) => step switch
    {
        null => null,
        SurgeStep.CallIn(var group, var at) => new("call-in", group, at),
        SurgeStep.Release(var group, var at) => new("release", group, at),
        SurgeStep.AdviseOvertime(var at) => new("advise-overtime", null, at),
        SurgeStep.EndOvertime(var at) => new("end-overtime", null, at),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
