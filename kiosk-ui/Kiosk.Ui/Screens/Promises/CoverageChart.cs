using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>How many waits each day were within the ranges, and how far from nine in ten chance alone can bring that.</summary>
public sealed class CoverageChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PromiseDay> Days { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("coverage", 1000, 300);
        var axis = new DayAxis(drawing, [.. Days.Select(day => day.Day)], 100);
        for (var index = 0; index < Days.Count; index++)
        {
            var chance = PromiseFigures.Tolerance(Days[index].Told.Scored);
            if (Days[index].Told.Scored == 0) continue;
            var (low, high) = (100 * Math.Max(0, PromiseFigures.Promised - chance), 100 * Math.Min(1, PromiseFigures.Promised + chance));
            drawing.Rect(axis.X(index) - (axis.Slot / 2), axis.Y(high), axis.Slot, axis.Y(low) - axis.Y(high), "chance");
        }

        axis.Draw(25, value => value + " %");
        var line = axis.Y(100 * PromiseFigures.Promised);
        drawing.Line(axis.X(0) - (axis.Slot / 2), line, axis.End, line, "target");
        axis.Curve([.. Days.Select(day => 100 * day.Told.LikelyCoverage)], "p90", _ => true);
        axis.Curve([.. Days.Select(day => 100 * day.Told.Coverage)], "mean", _ => false);
        for (var index = 0; index < Days.Count; index++)
        {
            if (Off(Days[index].Told)) drawing.Cross(axis.X(index), axis.Y(100 * Days[index].Told.Coverage!.Value), "out");
        }

        Legend.OfCurves(drawing)
            .Curve(84, "mean", false, T["waits.legend.coverage"])
            .Curve(264, "p90", true, T["waits.legend.likely"])
            .Band(444, "chance", drawing.Fill(0), "target", T["waits.legend.chance"])
            .Cross(758, "out", T["waits.legend.out"]);
        var (all, scored) = (PromiseFigures.Sum(Days.Select(day => day.Told)), Days.Where(day => day.Told.Scored > 0).ToList());
        builder.AddMarkupContent(0, drawing.Svg(T["waits.chart.coverage"], T.Say(
            "waits.chart.coverage-words", Duration.Share(T, all?.Coverage), Duration.Share(T, all?.LikelyCoverage), scored.Count(day => !Off(day.Told)), scored.Count)));
    }

    private static bool Off(PromiseFigures told) => told.Coverage is { } share && Math.Abs(share - PromiseFigures.Promised) > PromiseFigures.Tolerance(told.Scored);
}
