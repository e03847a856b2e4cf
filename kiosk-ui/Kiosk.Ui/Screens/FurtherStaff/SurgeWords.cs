using System.Diagnostics;
using System.Globalization;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Ui.Screens.FurtherStaff;

/// <summary>What a surge plan says, in sentences.</summary>
/// <param name="zone">The hall's, for hours on the clock.</param>
public sealed class SurgeWords(Phrases t, TimeZoneInfo zone)
{
    /// <summary>What comes next, and when, if the line stays as it is.</summary>
    public string Next(SurgeView view, DateTimeOffset now) => view.Next switch
    {
        null => t[view.Rungs.All(rung => rung.Phase == RungPhase.In) ? "surge.all-in" : "surge.calm"],
        SurgeStep.CallIn(var group, var at) => t.Say("surge.next.call-in", Name(view, group), Minutes(at, now), view.Rungs.First(rung => rung.Group.Id == group).Threshold),
        SurgeStep.Release(var group, var at) => t.Say("surge.next.release", Name(view, group), Minutes(at, now), view.Plan.Threshold),
        SurgeStep.AdviseOvertime(var at) => t.Say("surge.next.overtime", Minutes(at, now), view.Plan.Reserve!.Threshold),
        SurgeStep.EndOvertime(var at) => t.Say("surge.next.overtime-end", Minutes(at, now), view.Plan.Reserve!.Threshold),
        _ => throw new UnreachableException(),
    };

    public string State(SurgeView view, SurgeRung rung) => rung.Phase switch
    {
        RungPhase.In => t.Say("surge.in", Clock(rung.Since!.Value)),
        RungPhase.Finishing => t.Say("surge.finishing", string.Join(t["list.comma"], rung.Serving)),
        _ when IsNext(view, rung) => t["surge.comes"],
        _ when rung.Since is { } gone => t.Say("surge.released", Clock(gone)),
        _ => t["surge.out"],
    };

    public string Size(GroupSize size) => size.From == size.To ? t.Count("surge.people", size.To) : t.Say("surge.people.range", size.From, size.To);

    public string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    internal static bool IsNext(SurgeView view, SurgeRung rung) => view.Next is SurgeStep.CallIn call && call.Group == rung.Group.Id;

    // Of a step that the clock is about to take it is said that it comes within a minute.
    private static int Minutes(DateTimeOffset at, DateTimeOffset now) => Math.Max(1, (int)Math.Ceiling((at - now).TotalMinutes));

    private string Name(SurgeView view, string group) => view.Plan.Group(group)!.Name.In(t.Language);
}
