using System.Globalization;
using System.Net;
using System.Text;

namespace Kiosk.Hardware.Displays;

/// <summary>A panel that draws letters of its own font as a picture: red on black.</summary>
public static class TextPicture
{
    private const int Height = 130, Margin = 20, Narrow = 50, Wide = 100;

    /// <param name="places">Narrow characters that find room; a Hanzi takes two.</param>
    /// <param name="intensity">0 to 15.</param>
    /// <returns>An svg element that fills the width of its parent.</returns>
    public static string ToSvg(string text, int places, int intensity = 15, string? label = null)
    {
        var (width, left) = ((places * Narrow) + (2 * Margin), Margin);
        var lit = (0.55 + (0.03 * Math.Clamp(intensity, 0, 15))).ToString("0.00", CultureInfo.InvariantCulture);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Height}\" ");
        svg.Append(label is null ? "aria-hidden=\"true\">" : $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{Height}\" rx=\"8\" fill=\"#0a0a0a\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<g font-family=\"monospace\" font-size=\"88\" font-weight=\"bold\" text-anchor=\"middle\" fill=\"#ff2d1a\" fill-opacity=\"{lit}\">");
        left += Math.Max(0, places - text.EnumerateRunes().Sum(rune => Columns(rune) / Narrow)) * Narrow;
        foreach (var rune in text.EnumerateRunes())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (Columns(rune) / 2)}\" y=\"96\">{WebUtility.HtmlEncode(rune.ToString())}</text>");
            left += Columns(rune);
        }

        return svg.Append("</g></svg>").ToString();
    }

    private static int Columns(Rune rune) => rune.IsAscii ? Narrow : Wide;
}
