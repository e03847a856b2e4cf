using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Forecast;

/// <summary>Arrivals of each half hour: the forecast with its range as a band, what came as steps, the correction of a running day as a broken line.</summary>
public sealed class ArrivalsChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required OutlookLine Line { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("arrivals", 1000, 320);
        var most = Line.Halves.Select(half => Math.Max(half.High, Math.Max(half.Came ?? 0, half.CorrectedHigh ?? 0))).DefaultIfEmpty().Max();
        var step = Drawing.Step(most, 6, 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000);
        var axis = new OutlookAxis(drawing, Line.Halves, (int)Math.Ceiling((double)most / step) * step);
        for (var index = 0; index < Line.Halves.Count; index++)
        {
            var half = Line.Halves[index];
            drawing.Rect(axis.X(index), axis.Y(half.High), axis.Slot, axis.Y(half.Low) - axis.Y(half.High), "band", "none");
        }

        axis.Draw(step);
        axis.Steps("expected", half => half.Expected);
        axis.Steps("came", half => half.Came);
        axis.Steps("corrected", half => half.Corrected);
        var legend = Legend.OfSteps(drawing).Band(64, "band", "none", "expected", T["forecast.chart.expected"]).Line(404, "came", T["forecast.came"]);
        if (Line.Level is not null) legend.Line(624, "corrected", T["forecast.corrected"]);
        builder.AddMarkupContent(0, drawing.Svg(T["forecast.chart.arrivals"], Words()));
    }

    private string Words()
    {
        var peak = Line.Halves.MaxBy(half => half.Expected);
        var forecast = T.Say("forecast.chart.arrivals-words", ForecastWords.Number(Line.Expected), Line.Low, Line.High, peak?.From ?? T["report.none"], ForecastWords.Number(peak?.Expected));
        return Line.Came is { } came ? forecast + " " + T.Say("forecast.chart.came-words", came) : forecast;
    }
}
