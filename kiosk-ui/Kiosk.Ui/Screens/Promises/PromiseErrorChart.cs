using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>Mean error of each day, and that of the rule which tells what the one called last had waited.</summary>
public sealed class PromiseErrorChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PromiseDay> Days { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("error", 1000, 260);
        var errors = Days.Select(day => day.Told.MeanError).OfType<int>().ToList();
        var most = errors.Concat(Days.Select(day => day.Told.LastServedError).OfType<int>()).DefaultIfEmpty(60).Max();
        var step = Drawing.Step(most, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200);
        var axis = new DayAxis(drawing, [.. Days.Select(day => day.Day)], (int)Math.Ceiling(Math.Max(1.0, most) / step) * step);
        axis.Draw(step, value => Duration.Of(T, value));
        axis.Curve([.. Days.Select(day => (double?)day.Told.LastServedError)], "p90", _ => true);
        axis.Curve([.. Days.Select(day => (double?)day.Told.MeanError)], "mean", _ => false);
        Legend.OfCurves(drawing).Curve(84, "mean", false, T["waits.legend.error"]).Curve(264, "p90", true, T["waits.legend.last"]);

        var all = PromiseFigures.Sum(Days.Select(day => day.Told));
        builder.AddMarkupContent(0, drawing.Svg(T["waits.chart.error"], T.Say(
            "waits.chart.error-words",
            Duration.Of(T, all?.MeanError),
            Duration.Of(T, all?.LastServedError),
            Duration.Of(T, errors.Count == 0 ? null : errors.Min()),
            Duration.Of(T, errors.Count == 0 ? null : errors.Max()))));
    }
}
