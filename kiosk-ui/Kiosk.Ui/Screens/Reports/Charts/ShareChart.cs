using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>A bar on its side for each thing, its figure beside it in words.</summary>
public sealed class ShareChart : ComponentBase
{
    private const int Row = 34, Left = 190, Bar = 470;

    /// <summary>Unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Name, double Share, string Says)> Rows { get; set; }

    /// <summary>Light lines at each quarter, for shares of a whole.</summary>
    [Parameter]
    public bool Quarters { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing(Id, 1000, Math.Max(1, Rows.Count) * Row + 10);
        for (var part = 0; Quarters && part <= 4; part++) drawing.Line(Left + (Bar * part / 4.0), 0, Left + (Bar * part / 4.0), Rows.Count * Row, part == 0 ? "axis" : "grid");
        for (var index = 0; index < Rows.Count; index++)
        {
            var (name, share, says) = Rows[index];
            var y = (index * Row) + 5;
            drawing.Text(Left - 10, y + 18, name, "name", "end").Rect(Left, y, Bar, Row - 10, "track", "none").Rect(Left, y, Bar * Math.Clamp(share, 0, 1), Row - 10, "series-a").Text(Left + Bar + 12, y + 18, says, "value");
        }

        builder.AddMarkupContent(0, drawing.Svg(Title, string.Join("; ", Rows.Select(row => $"{row.Name}: {row.Says}"))));
    }
}
