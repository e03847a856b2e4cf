using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays;

/// <summary>A seven-segment panel as a picture: red on black, segments that are off barely seen.</summary>
public static class SevenSegmentPicture
{
    private const int DigitWidth = 60, Height = 110, Margin = 10;

    /// <summary>From bit 6 (A) to bit 0 (G), within one digit.</summary>
    private static readonly string[] Outlines =
    [
        "12,10 16,6 40,6 44,10 40,14 16,14",
        "46,12 50,16 50,48 46,52 42,48 42,16",
        "46,56 50,60 50,92 46,96 42,92 42,60",
        "12,98 16,94 40,94 44,98 40,102 16,102",
        "10,56 14,60 14,92 10,96 6,92 6,60",
        "10,12 14,16 14,48 10,52 6,48 6,16",
        "12,54 16,50 40,50 44,54 40,58 16,58",
    ];

    /// <param name="segments">One byte a digit, leftmost first, as in <see cref="SevenSegments"/>.</param>
    /// <param name="intensity">0 to 15.</param>
    /// <param name="label">Read by screen readers; null for decoration.</param>
    /// <returns>An svg element that fills the width of its parent.</returns>
    public static string ToSvg(IReadOnlyList<byte> segments, int intensity = 15, string? label = null)
    {
        var width = (segments.Count * DigitWidth) + (2 * Margin);
        var lit = (0.55 + (0.03 * Math.Clamp(intensity, 0, 15))).ToString("0.00", CultureInfo.InvariantCulture);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Height + (2 * Margin)}\" ");
        svg.Append(label is null ? "aria-hidden=\"true\">" : $"role=\"img\" aria-label=\"{System.Net.WebUtility.HtmlEncode(label)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{Height + (2 * Margin)}\" rx=\"8\" fill=\"#0a0a0a\"/>");
        for (var place = 0; place < segments.Count; place++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Margin + (place * DigitWidth)} {Margin})\">");
            for (var segment = 0; segment < Outlines.Length; segment++)
            {
                var on = (segments[place] >> (6 - segment)) & 1;
                svg.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{Outlines[segment]}\" {Paint(on, lit)}/>");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"56\" cy=\"98\" r=\"4\" {Paint(segments[place] >> 7, lit)}/></g>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Paint(int on, string lit) => on == 0 ? "fill=\"#2a0a0a\"" : $"fill=\"#ff2d1a\" fill-opacity=\"{lit}\"";
}
