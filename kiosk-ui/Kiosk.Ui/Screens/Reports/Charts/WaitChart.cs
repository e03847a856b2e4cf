using Kiosk.Domain.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>Waiting time of those who came in each half hour: mean and 90th percentile as lines, the services' targets across.</summary>
public sealed class WaitChart : ComponentBase
{
    private const int MostTargets = 3;

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required Figures All { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("wait", 1000, 300);
        var targets = All.Services.Where(service => service.Target > 0 && service.Wait.Count > 0).Select(service => service.Target!.Value).Distinct().Order().Take(MostTargets).ToList();
        var most = All.HalfHours.Select(half => half.Wait.P90).Concat(targets).DefaultIfEmpty(60).Max();
        var step = Drawing.Step(most, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200);
        var axis = new HalfHourAxis(drawing, All.HalfHours, (int)Math.Ceiling((double)most / step) * step);
        axis.Draw(step, value => Duration.Of(T, value));
        foreach (var target in targets)
        {
            drawing.Line(axis.X(0), axis.Y(target), axis.End, axis.Y(target), "target")
                .Text(axis.End, axis.Y(target) - 5, T.Say("report.chart.target", Duration.Of(T, target)), "target-name", "end");
        }

        var places = axis.Places.Select((place, index) => (Wait: place.Figures?.Wait, X: axis.X(index) + (axis.Slot / 2))).ToList();
        Curve(drawing, [.. places.Select(place => (place.X, place.Wait is { Count: > 0 } wait ? axis.Y(wait.Mean!.Value) : (double?)null))], "mean", square: false);
        Curve(drawing, [.. places.Select(place => (place.X, place.Wait is { Count: > 0 } wait ? axis.Y(wait.P90) : (double?)null))], "p90", square: true);
        Legend.OfCurves(drawing).Curve(64, "mean", false, T["report.mean"]).Curve(284, "p90", true, T["report.p90"]);
        builder.AddMarkupContent(0, drawing.Svg(
            T["report.chart.wait"], T.Say("report.chart.wait-words", Duration.Of(T, All.Wait.Mean), Duration.Of(T, All.Wait.Count == 0 ? null : All.Wait.P90), Duration.Of(T, All.Wait.Count == 0 ? null : All.Wait.Longest))));
    }

    // Where nobody came the line breaks: it must not say that somebody waited so long.
    private static void Curve(Drawing drawing, IReadOnlyList<(double X, double? Y)> points, string css, bool square)
    {
        var run = new List<(double X, double Y)>();
        foreach (var (x, y) in points.Append((0, null)))
        {
            if (y is { } here)
            {
                run.Add((x, here));
                continue;
            }

            drawing.Path(run, css);
            foreach (var point in run) drawing.Dot(point.X, point.Y, css + "-dot", square);
            run.Clear();
        }
    }
}
