using System.Text;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Breaks text into lines: Latin at spaces, Hanzi anywhere but before closing punctuation.</summary>
internal static class LineBreaks
{
    private const string NotAtTheStart = "，。、；：！？）」』》】〉…,.;:!?)";

    /// <param name="columns">Room in a line, at least 2.</param>
    public static IEnumerable<string> Wrap(string text, int columns, Func<Rune, int> width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = PrinterCharset.Clean(paragraph).EnumerateRunes().ToList();
            do
            {
                var count = Fitting(rest, columns, width);
                yield return string.Concat(rest.Take(count)).TrimEnd(' ');
                rest = [.. rest.Skip(count).SkipWhile(rune => rune.Value == ' ')];
            }
            while (rest.Count > 0);
        }
    }

    private static int Fitting(List<Rune> text, int columns, Func<Rune, int> width)
    {
        var (count, used) = (0, 0);
        while (count < text.Count && used + width(text[count]) <= columns) used += width(text[count++]);
        if (count == text.Count) return count;
        if (count == 0) return 1;

        for (var at = count; at > 0; at--)
        {
            if (MayBreak(text[at - 1], text[at])) return at;
        }

        return count;
    }

    private static bool MayBreak(Rune before, Rune after)
    {
        if (NotAtTheStart.Contains(after.ToString(), StringComparison.Ordinal)) return false;
        return before.Value == ' ' || after.Value == ' ' || before.Value >= 0x2E80 || after.Value >= 0x2E80;
    }
}
