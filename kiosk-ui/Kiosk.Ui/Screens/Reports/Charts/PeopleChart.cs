using System.Globalization;
using Kiosk.Domain.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>Tickets issued and services finished in each half hour, as bars side by side.</summary>
public sealed class PeopleChart : ComponentBase
{
    private const double DigitWidth = 8;

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<HalfHourFigures> HalfHours { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("people", 1000, 300);
        var most = HalfHours.Select(half => Math.Max(half.Flow.Issued, half.Finished)).DefaultIfEmpty().Max();
        var step = Drawing.Step(most, 5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000);
        var axis = new HalfHourAxis(drawing, HalfHours, (int)Math.Ceiling((double)most / step) * step);
        axis.Draw(step, value => value.ToString(CultureInfo.InvariantCulture));
        var width = Math.Min(26, axis.Slot * 0.4);
        for (var index = 0; index < axis.Places.Count; index++)
        {
            if (axis.Places[index].Figures is not { } half) continue;
            var middle = axis.X(index) + (axis.Slot / 2);
            Bar(drawing, axis, middle - width, width, half.Flow.Issued, 0);
            Bar(drawing, axis, middle, width, half.Finished, 1);
        }

        Legend(drawing);
        var peak = HalfHours.MaxBy(half => half.Flow.Issued);
        builder.AddMarkupContent(0, drawing.Svg(
            T["report.chart.people"],
            T.Say("report.chart.people-words", HalfHours.Sum(half => half.Flow.Issued), HalfHours.Sum(half => half.Finished), peak?.From ?? T["report.none"], peak?.Flow.Issued ?? 0)));
    }

    private void Legend(Drawing drawing) => drawing
        .Rect(64, 4, 18, 14, "series-a").Text(88, 17, T["report.issued"], "legend")
        .Rect(284, 4, 18, 14, "series-b", drawing.Fill(1)).Text(308, 17, T["report.finished"], "legend");

    private static void Bar(Drawing drawing, HalfHourAxis axis, double x, double width, int value, int series)
    {
        if (value == 0) return;
        drawing.Rect(x, axis.Y(value), width, axis.Base - axis.Y(value), series == 0 ? "series-a" : "series-b", drawing.Fill(series));

        // Numbers that do not fit would run into each other; the table below has them all.
        var number = value.ToString(CultureInfo.InvariantCulture);
        if (width >= number.Length * DigitWidth) drawing.Text(x + (width / 2), axis.Y(value) - 4, number, "value", "middle");
    }
}
