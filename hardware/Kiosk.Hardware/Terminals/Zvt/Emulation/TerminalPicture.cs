using System.Globalization;
using System.Net;
using System.Text;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <summary>A terminal with its display, its keys and a slot for cards.</summary>
internal static class TerminalPicture
{
    private const int Width = 200, Height = 300, Key = 40, Gap = 8, Left = 32, FirstRow = 112;

    /// <summary>Characters of a display line.</summary>
    private const int Line = 16;

    private static readonly string[] Keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "×", "0", "✓"];

    /// <param name="card">The name on the card in the slot, or null.</param>
    public static string ToSvg(string display, string? card)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height + 40}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(display)}\">");
        if (card is not null)
        {
            svg.Append("<rect x=\"50\" y=\"270\" width=\"100\" height=\"66\" rx=\"6\" fill=\"#2b6cb0\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"100\" y=\"328\" font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\" fill=\"#ffffff\">{WebUtility.HtmlEncode(card)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" rx=\"18\" fill=\"#2d3138\"/>");
        svg.Append("<rect x=\"20\" y=\"20\" width=\"160\" height=\"76\" rx=\"4\" fill=\"#d7e4c0\"/><g font-family=\"monospace\" font-size=\"15\" fill=\"#1d2410\">");
        foreach (var (text, row) in Lines(display).Select((text, row) => (text, row)))
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"28\" y=\"{44 + (row * 22)}\">{WebUtility.HtmlEncode(text)}</text>");
        svg.Append("</g><g font-family=\"sans-serif\" font-size=\"18\" text-anchor=\"middle\">");
        for (var key = 0; key < Keys.Length; key++) AppendKey(svg, key);
        return svg.Append("</g></svg>").ToString();
    }

    private static void AppendKey(StringBuilder svg, int key)
    {
        var (x, y) = (Left + (key % 3 * (Key + Gap)), FirstRow + (key / 3 * (Key + 4)));
        var colour = Keys[key] switch { "×" => "#c53030", "✓" => "#2f855a", _ => "#e2e8f0" };
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{Key}\" height=\"{Key - 6}\" rx=\"5\" fill=\"{colour}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (Key / 2)}\" y=\"{y + 24}\" fill=\"#1a202c\">{Keys[key]}</text>");
    }

    /// <summary>Words side by side as far as the display is wide.</summary>
    private static List<string> Lines(string display)
    {
        var lines = new List<string> { "" };
        foreach (var word in display.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > Line) lines.Add(word);
            else lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }

        return lines;
    }
}
