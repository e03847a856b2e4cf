using System.Globalization;
using System.Net;
using System.Text;

namespace Kiosk.Hardware.Displays;

/// <summary>A panel of dots as a picture: red on black, dots that are off barely seen.</summary>
public static class DotMatrixPicture
{
    private const int Step = 12, Margin = 12;

    /// <param name="intensity">0 to 15.</param>
    /// <param name="label">Read by screen readers; null for decoration.</param>
    /// <returns>An svg element that fills the width of its parent.</returns>
    public static string ToSvg(DotField dots, int intensity = 15, string? label = null)
    {
        var (width, height) = ((dots.Columns * Step) + (2 * Margin), (dots.Rows * Step) + (2 * Margin));
        var lit = (0.55 + (0.03 * Math.Clamp(intensity, 0, 15))).ToString("0.00", CultureInfo.InvariantCulture);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" ");
        svg.Append(label is null ? "aria-hidden=\"true\">" : $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0a0a0a\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<g stroke-width=\"10\" stroke-linecap=\"round\" fill=\"none\">");
        svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#2a0a0a\" d=\"{Points(dots, lit: false)}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#ff2d1a\" stroke-opacity=\"{lit}\" d=\"{Points(dots, lit: true)}\"/>");
        return svg.Append("</g></svg>").ToString();
    }

    /// <summary>Lines of no length with round ends: one path instead of hundreds of circles.</summary>
    private static string Points(DotField dots, bool lit)
    {
        var path = new StringBuilder();
        for (var row = 0; row < dots.Rows; row++)
        {
            for (var column = 0; column < dots.Columns; column++)
            {
                if (dots[row, column] != lit) continue;
                path.Append(CultureInfo.InvariantCulture, $"M{Margin + (Step / 2) + (column * Step)} {Margin + (Step / 2) + (row * Step)}h0");
            }
        }

        return path.ToString();
    }
}
