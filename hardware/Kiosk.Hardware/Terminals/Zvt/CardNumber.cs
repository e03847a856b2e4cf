using System.Text.RegularExpressions;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Card numbers as nobody may keep them: at most the last four digits.</summary>
internal static partial class CardNumber
{
    private const int Shown = 4;

    private const string Dots = "••••";

    /// <summary>BMP 22: a digit each half byte, E where the terminal masked it, F as filling.</summary>
    /// <returns><c>•••• 1234</c>; empty where there is nothing to show.</returns>
    public static string OfBmp(ReadOnlySpan<byte> packed)
    {
        var digits = Convert.ToHexString(packed).TrimEnd('F');

        // A number so short that its last four digits would be all of it is none of a card: it is not shown at all.
        if (digits.Length <= Shown) return "";
        var last = digits[^Shown..];
        return last.All(char.IsAsciiDigit) ? $"{Dots} {last}" : Dots;
    }

    /// <summary>A line of a receipt: a run of 12 digits or more, with a space or dash between them or not, keeps its last four.</summary>
    public static string Mask(string line) => Run().Replace(line, run => Dots + " " + string.Concat(run.Value.Where(char.IsAsciiDigit))[^Shown..]);

    [GeneratedRegex("[0-9](?:[ -]?[0-9]){11,}", RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
