using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>A line of text as dots, in the same cells that the printer's own font would use: 12 by 24 dots, Hanzi two cells.</summary>
internal sealed class RasterText(FontSet fonts, PrinterCharset charset)
{
    public const int CellWidth = 12, CellHeight = 24;

    /// <summary>White rows below a line, so that its pitch is that of a printed one (1/6 inch at 180 dpi).</summary>
    private const int Leading = 6;

    /// <summary>Sizes at which a Latin letter is 12 and a Hanzi 24 dots wide, and where both stand.</summary>
    private const int LatinSize = 20, WideSize = 23, Baseline = 19;

    public string Trouble => fonts.Trouble;

    /// <summary>The text with each character that no font can draw as <c>U+XXXX</c>, never as a question mark.</summary>
    /// <remarks>Invisible format characters (joiners, direction marks) are left out; control characters are the caller's to judge.</remarks>
    public string Drawable(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format ? ""
        : Rune.IsControl(rune) || charset.Encode(rune).Length > 0 || fonts.Has(rune.Value) ? rune.ToString()
        : $"U+{rune.Value:X4}"));

    /// <param name="dots">Width of the paper; the picture has it too.</param>
    public Raster Draw(SlipElement.Text line, int dots)
    {
        var cell = CellWidth * line.Width;
        var width = charset.Columns(line.Value) * cell;
        var left = line.Align switch
        {
            SlipAlign.Centre => (dots - width) / 2,
            SlipAlign.Right => dots - width,
            _ => 0,
        };
        var raster = new Raster(dots, (CellHeight * line.Height) + Leading);
        var pen = left;
        foreach (var rune in line.Value.EnumerateRunes())
        {
            var columns = charset.Columns(rune);
            var size = columns == 2 ? WideSize : LatinSize;
            for (var stroke = 0; stroke <= (line.Bold ? 1 : 0); stroke++)
            {
                // A combining mark is drawn over the character before it.
                var at = columns == 0 ? pen - cell : pen;
                fonts.Draw(raster, rune.Value, at + stroke, Baseline * line.Height, Math.Max(columns, 1) * cell, size * line.Width, size * line.Height);
            }

            pen += columns * cell;
        }

        if (line.Inverse) Invert(raster, left, pen, CellHeight * line.Height);
        return raster;
    }

    private static void Invert(Raster raster, int left, int right, int height)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = Math.Max(left, 0); x < right && x < raster.Width; x++) raster[x, y] = !raster[x, y];
        }
    }
}
