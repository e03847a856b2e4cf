namespace Kiosk.Hardware.Displays;

/// <summary>
/// Letters and digits on seven segments. Bit 7 = decimal point, 6 = A (top), 5 = B, 4 = C, 3 = D (bottom), 2 = E, 1 = F, 0 = G (middle).
/// S is drawn as 5 and Z as 2; K, M, V, W and X are only a likeness: better not letters of a service.
/// </summary>
public static class SevenSegments
{
    public const byte DecimalPoint = 0x80, Dash = 0x01, LowDash = 0x08, All = 0xFF;

    private static readonly Dictionary<char, byte> Shapes = new()
    {
        ['0'] = 0x7E, ['1'] = 0x30, ['2'] = 0x6D, ['3'] = 0x79, ['4'] = 0x33, ['5'] = 0x5B, ['6'] = 0x5F, ['7'] = 0x70, ['8'] = 0x7F, ['9'] = 0x7B,
        ['A'] = 0x77, ['B'] = 0x1F, ['C'] = 0x4E, ['D'] = 0x3D, ['E'] = 0x4F, ['F'] = 0x47, ['G'] = 0x5E, ['H'] = 0x37, ['I'] = 0x06,
        ['J'] = 0x3C, ['K'] = 0x57, ['L'] = 0x0E, ['M'] = 0x54, ['N'] = 0x15, ['O'] = 0x1D, ['P'] = 0x67, ['Q'] = 0x73, ['R'] = 0x05,
        ['S'] = 0x5B, ['T'] = 0x0F, ['U'] = 0x3E, ['V'] = 0x1C, ['W'] = 0x2A, ['X'] = 0x13, ['Y'] = 0x3B, ['Z'] = 0x6D,
        [' '] = 0x00, ['-'] = Dash, ['_'] = LowDash, ['='] = 0x09,
    };

    /// <summary>Where two characters share a shape, the first in the table is read: digits before letters.</summary>
    private static readonly Dictionary<byte, char> Readings =
        Shapes.GroupBy(shape => shape.Value).ToDictionary(group => group.Key, group => group.First().Key);

    /// <summary>The text at the right end of the places, blank before it.</summary>
    /// <remarks>
    /// A point shares the place of the character before it. What seven segments cannot show is <c>_</c>. A text that is too long keeps its end: the
    /// running number says more than the letter.
    /// </remarks>
    public static byte[] RightAligned(string text, int places)
    {
        var shapes = new List<byte>();
        foreach (var letter in text.ToUpperInvariant())
        {
            if (letter == '.' && shapes is [.., var last] && (last & DecimalPoint) == 0) shapes[^1] |= DecimalPoint;
            else shapes.Add(letter == '.' ? DecimalPoint : Shapes.GetValueOrDefault(letter, LowDash));
        }

        var shown = shapes.TakeLast(places).ToList();
        return [.. Enumerable.Repeat((byte)0, places - shown.Count), .. shown];
    }

    /// <summary>
    /// As a person would read it, without blanks at the ends; <c>?</c> for a shape that is no character. 5 or 2 at the head of a number is read as
    /// S or Z, as on a ticket.
    /// </summary>
    public static string Read(IReadOnlyList<byte> segments)
    {
        var text = string.Concat(segments.Select(shape =>
            Readings.GetValueOrDefault((byte)(shape & ~DecimalPoint), '?') + ((shape & DecimalPoint) != 0 ? "." : ""))).Trim();
        return text is ['5' or '2', var next, ..] && char.IsDigit(next) ? (text[0] == '5' ? 'S' : 'Z') + text[1..] : text;
    }
}
