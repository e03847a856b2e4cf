using System.Globalization;
using Kiosk.Domain.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>The three faces as parts of one bar, for the hall and for each counter.</summary>
public sealed class SatisfactionChart : ComponentBase
{
    private const int Row = 34, Left = 190, Bar = 640, Head = 30;

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Name, Satisfaction Rated)> Rows { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing("satisfaction", 1000, Head + (Rows.Count * Row) + 6);
        var faces = new[] { T["report.satisfied"], T["report.neutral"], T["report.dissatisfied"] };
        for (var face = 0; face < faces.Length; face++) drawing.Rect(Left + (face * 200), 4, 18, 14, "face-" + face, drawing.Fill(Pattern(face))).Text(Left + 24 + (face * 200), 17, faces[face], "legend");
        for (var index = 0; index < Rows.Count; index++) Draw(drawing, Rows[index].Name, Rows[index].Rated, Head + (index * Row));
        builder.AddMarkupContent(0, drawing.Svg(
            T["report.chart.satisfaction"],
            string.Join("; ", Rows.Select(row => $"{row.Name}: {faces[0]} {row.Rated.Satisfied}, {faces[1]} {row.Rated.Neutral}, {faces[2]} {row.Rated.Dissatisfied}"))));
    }

    private void Draw(Drawing drawing, string name, Satisfaction rated, double y)
    {
        drawing.Text(Left - 10, y + 18, name, "name", "end");
        var x = (double)Left;
        int[] parts = [rated.Satisfied, rated.Neutral, rated.Dissatisfied];
        for (var face = 0; face < parts.Length; face++)
        {
            if (parts[face] == 0) continue;
            var width = (double)Bar * parts[face] / rated.Count;
            drawing.Rect(x, y, width, Row - 10, "face-" + face, drawing.Fill(Pattern(face)));
            if (width >= 36) Number(drawing, x + (width / 2), y, parts[face], plain: face == 0);
            x += width;
        }

        drawing.Text(Left + Bar + 12, y + 18, T.Say("report.chart.of", rated.Satisfied, rated.Count), "value");
    }

    // On a pattern a number needs a ground of its own.
    private static void Number(Drawing drawing, double middle, double y, int number, bool plain)
    {
        if (!plain) drawing.Rect(middle - 14, y + 4, 28, 16, "paper");
        drawing.Text(middle, y + 18, number.ToString(CultureInfo.InvariantCulture), plain ? "value on" : "value", "middle");
    }

    private static int Pattern(int face) => face switch { 0 => 0, 1 => 2, _ => 1 };
}
