using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Forecast;

/// <summary>Counters of each half hour: those that were open as bars, the advice as steps, the roster as a broken line. A half hour for which all are not enough is marked.</summary>
public sealed class CountersChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required OutlookLine Line { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("counters", 1000, 220);
        var staff = Line.Halves.Select(half => half.Staff).OfType<OutlookStaff>().ToList();
        var most = (int)Math.Ceiling(staff.Select(half => Math.Max(Math.Max(half.Advised, half.AdvisedNow ?? 0), Math.Max(half.Planned ?? 0, half.Open ?? 0))).DefaultIfEmpty(1).Max());
        var step = Drawing.Step(most + 1, 6, 1, 2, 5, 10, 20);
        var axis = new OutlookAxis(drawing, Line.Halves, (int)Math.Ceiling((most + 0.5) / step) * step);
        axis.Draw(step);
        for (var index = 0; index < Line.Halves.Count; index++)
        {
            if (Line.Halves[index].Staff is not { } half) continue;
            if (half.Open is > 0 and var open) drawing.Rect(axis.X(index) + (axis.Slot * 0.2), axis.Y(open), axis.Slot * 0.6, axis.Base - axis.Y(open), "series-b", drawing.Fill(1));
            if (!half.Enough) drawing.Text(axis.X(index) + (axis.Slot / 2), axis.Y(half.Advised) - 6, "!", "short", "middle");
        }

        axis.Steps("advised", half => half.Staff?.AdvisedNow ?? half.Staff?.Advised);
        axis.Steps("planned", half => half.Staff?.Planned);
        Explain(drawing, staff);
        builder.AddMarkupContent(0, drawing.Svg(T["forecast.chart.counters"], Words(staff)));
    }

    private void Explain(Drawing drawing, List<OutlookStaff> staff)
    {
        var legend = Legend.OfSteps(drawing).Line(64, "advised", T["forecast.advised"]);
        if (staff.Any(half => half.Planned is not null)) legend.Line(284, "planned", T["forecast.planned"]);
        if (staff.Any(half => half.Open is not null)) legend.Area(504, "series-b", drawing.Fill(1), T["forecast.open"]);
        if (staff.Any(half => !half.Enough)) legend.Mark(730, "!", "short", T["forecast.not-enough"]);
    }

    private string Words(List<OutlookStaff> staff)
    {
        var words = staff.Count == 0 ? T["report.none"] : T.Say("forecast.chart.counters-words", staff.Min(half => half.Advised), staff.Max(half => half.Advised));
        var few = Line.Halves.Where(half => half.Staff is { Enough: false }).Select(half => half.From).ToList();
        return few.Count == 0 ? words : words + " " + T.Say("forecast.chart.few-words", string.Join(", ", few));
    }
}
