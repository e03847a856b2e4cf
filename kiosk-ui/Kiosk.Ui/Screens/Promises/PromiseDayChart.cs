using System.Globalization;
using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>One day, number by number over the clock: the range that was told as a bar with "about" across, the wait as a mark whose shape says whether it was kept.</summary>
public sealed class PromiseDayChart : ComponentBase
{
    private const int Left = 84, Right = 12, Top = 40, Bottom = 30, Hour = 60;

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    /// <summary>At least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PromiseOutcome> Outcomes { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("told", 1000, 380);
        var first = Outcomes.Min(Minute);
        var (from, until) = (Math.Floor(first / Hour) * Hour, Math.Max(Math.Floor(first / Hour) + 1, Math.Ceiling(Outcomes.Max(Minute) / Hour)) * Hour);
        var most = Outcomes.Max(one => Math.Max(one.Promise.To, one.Wait ?? 0));
        var step = Drawing.Step(most, 6, 60, 120, 300, 600, 900, 1800, 3600, 7200);
        var top = Math.Ceiling(Math.Max(1.0, most) / step) * step;
        double X(double minute) => Left + ((minute - from) / (until - from) * (drawing.Width - Left - Right));
        double Y(double seconds) => Top + ((1 - (seconds / top)) * (drawing.Height - Top - Bottom));

        for (var value = 0; value <= top; value += step)
        {
            drawing.Line(Left, Y(value), drawing.Width - Right, Y(value), value == 0 ? "axis" : "grid").Text(Left - 8, Y(value) + 5, Duration.Of(T, value), "tick", "end");
        }

        var hours = (int)((until - from) / Hour);
        for (var hour = 0; hour <= hours; hour += Math.Max(1, (int)Math.Ceiling(hours / 12.0)))
        {
            drawing.Text(X(from + (hour * Hour)), drawing.Height - Bottom + 20, Clock(from + (hour * Hour)), "tick", hour == 0 ? "start" : hour == hours ? "end" : "middle");
        }

        var half = Math.Clamp((drawing.Width - Left - Right) / (Outcomes.Count * 4.0), 1, 4);
        foreach (var one in Outcomes)
        {
            var x = X(Minute(one));
            drawing.Rect(x - half, Y(one.Promise.To), 2 * half, Y(one.Promise.From) - Y(one.Promise.To), "told").Line(x - half - 1, Y(one.Promise.About), x + half + 1, Y(one.Promise.About), "about");
        }

        // The waits last: no bar hides one.
        foreach (var one in Outcomes.Where(one => one.Wait is not null)) Mark(drawing, X(Minute(one)), Y(one.Wait!.Value), KeptOf(one));
        Legend(drawing);
        builder.AddMarkupContent(0, drawing.Svg(T["waits.chart.day"], T.Say(
            "waits.chart.day-words", Outcomes.Count, Count(0), Count(-1), Count(1), Outcomes.Count(one => one.Wait is null))));
    }

    private void Legend(Drawing drawing)
    {
        drawing.Rect(84, 3, 10, 18, "told").Line(82, 12, 96, 12, "about").Text(104, 17, T["waits.legend.range"], "legend");
        Mark(drawing, 348, 12, 0);
        drawing.Text(358, 17, T["waits.legend.kept"], "legend");
        Mark(drawing, 548, 12, -1);
        drawing.Text(558, 17, T["waits.legend.early"], "legend");
        Mark(drawing, 708, 12, 1);
        drawing.Text(718, 17, T["waits.legend.late"], "legend");
    }

    private static void Mark(Drawing drawing, double x, double y, int kept)
    {
        if (kept > 0) drawing.Cross(x, y, "out");
        else drawing.Dot(x, y, kept < 0 ? "early" : "kept", square: kept < 0);
    }

    /// <returns>0 within the range, below 0 earlier, above 0 later.</returns>
    private static int KeptOf(PromiseOutcome one) => one.Wait < one.Promise.From ? -1 : one.Wait > one.Promise.To ? 1 : 0;

    private int Count(int kept) => Outcomes.Count(one => one.Wait is not null && KeptOf(one) == kept);

    // From midnight of the first one's day, by the clock on the wall; past midnight it goes on.
    private double Minute(PromiseOutcome one) =>
        (TimeZoneInfo.ConvertTime(one.IssuedAt, Zone).DateTime - TimeZoneInfo.ConvertTime(Outcomes[0].IssuedAt, Zone).Date).TotalMinutes;

    private static string Clock(double minute) => string.Create(CultureInfo.InvariantCulture, $"{(int)minute / Hour % 24:00}:{(int)minute % Hour:00}");
}
