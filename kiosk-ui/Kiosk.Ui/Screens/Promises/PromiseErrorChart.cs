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
        drawing.Line(84, 11, 120, 11, "mean").Dot(102, 11, "mean-dot", false).Text(128, 17, T["waits.legend.error"], "legend")
            .Line(264, 11, 300, 11, "p90").Dot(282, 11, "p90-dot", true).Text(308, 17, T["waits.legend.last"], "legend");

        var all = PromiseFigures.Sum(Days.Select(day => day.Told));
        builder.AddMarkupContent(0, drawing.Svg(T["waits.chart.error"], T.Say(
            "waits.chart.error-words",
            Duration.Of(T, all?.MeanError),
            Duration.Of(T, all?.LastServedError),
            Duration.Of(T, errors.Count == 0 ? null : errors.Min()),
            Duration.Of(T, errors.Count == 0 ? null : errors.Max()))));
    }
}
