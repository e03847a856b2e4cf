using System.Globalization;
using System.Net;
using System.Text;
using Kiosk.Domain.Payments;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Takings;

/// <summary>Accepted = credited + returned + under way + open cases, as two bars of the same length.</summary>
public sealed class EquationBar : ComponentBase
{
    private const int Width = 900, BarHeight = 46, Gap = 14, Legend = 34;

    [Parameter, EditorRequired]
    public required Phrases T { get; set; }

    [Parameter, EditorRequired]
    public required LedgerState Ledger { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, Draw());

    private string Draw()
    {
        var totals = Ledger.Totals;
        (string Key, Money Sum)[] left = [("opening", totals.Opening), ("accepted", totals.Accepted)];
        (string Key, Money Sum)[] right = [("credited", totals.Credited), ("returned", totals.Returned), ("under-way", Ledger.UnderWay), ("in-cases", Ledger.InCases)];
        var full = Math.Max(1, Math.Max(left.Sum(part => Drawn(part)), right.Sum(part => Drawn(part))));
        var balanced = left.Aggregate(Ledger.Zero, (sum, part) => sum + part.Sum) == right.Aggregate(Ledger.Zero, (sum, part) => sum + part.Sum);
        var words = T.Say("money.equation", T.Money(totals.Opening), T.Money(totals.Accepted), T.Money(totals.Credited), T.Money(totals.Returned), T.Money(Ledger.UnderWay), T.Money(Ledger.InCases));
        var svg = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"""<svg class="chart equation {(balanced ? "" : "broken")}" viewBox="0 0 {Width} {(2 * (BarHeight + Legend)) + Gap}" role="img" aria-labelledby="equation-title equation-words"><title id="equation-title">{Text(T["money.equation-title"])}</title><desc id="equation-words">{Text(words)}</desc>""");
        Row(svg, left, 0, full);
        Row(svg, right, BarHeight + Legend + Gap, full);
        return svg.Append("</svg>").ToString();
    }

    // A sum below zero (credited, and never paid) has no length: its figure stands in the legend.
    private static long Drawn((string Key, Money Sum) part) => Math.Max(0, part.Sum.Minor);

    private void Row(StringBuilder svg, (string Key, Money Sum)[] parts, int top, long full)
    {
        var (at, place) = (0d, 0d);
        svg.Append(CultureInfo.InvariantCulture, $"""<rect class="track" x="0" y="{top}" width="{Width}" height="{BarHeight}" fill="none"/>""");
        foreach (var part in parts)
        {
            var width = Width * (double)Drawn(part) / full;
            if (width > 0) svg.Append(CultureInfo.InvariantCulture, $"""<rect class="part-{part.Key}" x="{at:0.#}" y="{top}" width="{width:0.#}" height="{BarHeight}"/>""");
            at += width;
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="part-{part.Key}" x="{place:0.#}" y="{top + BarHeight + 10}" width="14" height="14"/><text x="{place + 20:0.#}" y="{top + BarHeight + 22}">{Text(T["money." + part.Key])} {part.Sum.Plain}</text>""");
            place += Width / 4d;
        }
    }

    private static string Text(string words) => WebUtility.HtmlEncode(words);
}
