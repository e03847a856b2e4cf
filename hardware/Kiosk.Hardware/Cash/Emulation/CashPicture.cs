using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Cash.Emulation;

/// <summary>An acceptor cut open: its slot, the item in its way, the box and what is in it.</summary>
internal static class CashPicture
{
    private const int Width = 480, Rows = 8, Row = 20, BoxTop = 96;

    /// <param name="look">As an <see cref="EmulatedTill"/> describes itself.</param>
    /// <returns>An svg element.</returns>
    public static string ToSvg(JsonObject look, string title, string currency)
    {
        var height = BoxTop + (Rows * Row) + 44;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" ");
        svg.Append(CultureInfo.InvariantCulture, $"aria-label=\"{WebUtility.HtmlEncode(title)}\" font-family=\"sans-serif\" font-size=\"14\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" rx=\"8\" fill=\"#2b2f36\"/>");
        Text(svg, 16, 26, title, "#ffffff");
        Slot(svg, look, currency);
        Box(svg, look, currency);
        Text(svg, 16, height - 14, $"given back: {Line(look["returned"]!.AsObject(), currency)}", "#c8ccd2");
        return svg.Append("</svg>").ToString();
    }

    private static void Slot(StringBuilder svg, JsonObject look, string currency)
    {
        svg.Append("<rect x=\"16\" y=\"42\" width=\"448\" height=\"36\" rx=\"4\" fill=\"#101215\"/>");
        if ((look["escrow"] ?? look["moving"] ?? look["stuck"]) is not { } item) return;
        var (left, colour) = (string?)look["place"] switch
        {
            "towards-box" => (250, "#7bc47f"),
            "towards-customer" => (30, "#e8c45a"),
            "stuck" => (140, "#e06c5a"),
            _ => (140, "#8fb8e8"),
        };
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"48\" width=\"200\" height=\"24\" rx=\"3\" fill=\"{colour}\"/>");
        Text(svg, left + 10, 65, $"{Money((long)item, currency)} {look["place"]}", "#101215");
    }

    private static void Box(StringBuilder svg, JsonObject look, string currency)
    {
        var state = (string)look["boxState"]!;
        if (state == "removed")
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"16\" y=\"{BoxTop}\" width=\"448\" height=\"{Rows * Row}\" rx=\"4\" fill=\"none\" stroke=\"#8a9099\" stroke-dasharray=\"6 6\"/>");
            Text(svg, 30, BoxTop + 30, "no box", "#c8ccd2");
            return;
        }

        var full = Rows * Row * (int)look["level"]! / 100;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"16\" y=\"{BoxTop}\" width=\"448\" height=\"{Rows * Row}\" rx=\"4\" fill=\"#3d434c\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"16\" y=\"{BoxTop + (Rows * Row) - full}\" width=\"448\" height=\"{full}\" rx=\"4\" fill=\"#54606e\"/>");
        Text(svg, 30, BoxTop + 20, $"box {state}, {look["level"]} %", "#ffffff");
        var at = BoxTop + 40;
        foreach (var (minor, count) in look["box"]!.AsObject().Take(Rows - 2))
        {
            Text(svg, 30, at, $"{count} × {Money(long.Parse(minor, CultureInfo.InvariantCulture), currency)}", "#e8eaed");
            at += Row;
        }
    }

    private static string Line(JsonObject counts, string currency) => counts.Count == 0
        ? "nothing"
        : string.Join(", ", counts.Select(pair => $"{pair.Value} × {Money(long.Parse(pair.Key, CultureInfo.InvariantCulture), currency)}"));

    private static string Money(long minor, string currency) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100m:0.##} {currency}");

    private static void Text(StringBuilder svg, int x, int y, string text, string colour) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\">{WebUtility.HtmlEncode(text)}</text>");
}
