using Kiosk.Domain.Views;
using Kiosk.Ui.Screens.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.FurtherStaff;

/// <summary>The plan as stairs: full who is in, hatched who finishes, with a broken line who comes next, empty who is out. No two differ in colour alone.</summary>
public sealed class SurgeLadder : ComponentBase
{
    private const int Width = 480, Floor = 92, Gap = 8, Lowest = 34, Rise = 52;

    /// <summary>Unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required SurgeView View { get; set; }

    [Parameter, EditorRequired]
    public required SurgeWords Words { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var drawing = new Drawing(Id, Width, Floor + 4);
        var step = (double)(Width + Gap) / View.Rungs.Length;
        drawing.Line(0, Floor, Width, Floor, "axis");
        for (var index = 0; index < View.Rungs.Length; index++)
        {
            var height = View.Rungs.Length == 1 ? Lowest : Lowest + ((double)Rise * index / (View.Rungs.Length - 1));
            Draw(drawing, View.Rungs[index], index + 1, step * index, step - Gap, height);
        }

        var said = string.Join("; ", View.Rungs.Select(rung => $"{rung.Group.Name.In(T.Language)}: {Words.State(View, rung)}"));
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "surge-ladder");
        builder.AddMarkupContent(2, drawing.Svg(T["surge.picture"], said));
        builder.CloseElement();
    }

    private void Draw(Drawing drawing, SurgeRung rung, int number, double x, double width, double height)
    {
        var (css, fill) = rung.Phase switch
        {
            RungPhase.In => ("rung in", drawing.Fill(0)),
            RungPhase.Finishing => ("rung finishing", drawing.Fill(1)),
            _ => (SurgeWords.IsNext(View, rung) ? "rung comes" : "rung out", "none"),
        };
        var (middle, top) = (x + (width / 2), Floor - height);
        drawing.Rect(x + 1, top, width - 2, height, css, fill);
        if (rung.Phase == RungPhase.In) drawing.Path([(middle - 22, top + 18), (middle - 16, top + 24), (middle - 6, top + 10)], "tick-mark");
        if (rung.Phase == RungPhase.Finishing) drawing.Rect(middle - 14, top + 3, 28, 26, "plate");
        drawing.Text(rung.Phase == RungPhase.In ? middle + 10 : middle, top + 22, number.ToString(System.Globalization.CultureInfo.InvariantCulture), rung.Phase == RungPhase.In ? "rung-number on" : "rung-number", "middle");
    }
}
