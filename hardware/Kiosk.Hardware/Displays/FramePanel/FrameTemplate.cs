using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>A frame as a maker's manual draws it: <c>AA 55 [ {address} 01 {text} ] {check} 0D</c>. README.md has the words.</summary>
/// <param name="CheckFrom">First part under the checksum.</param>
/// <param name="CheckTo">The part behind the last one under it.</param>
internal sealed record FrameTemplate(ImmutableArray<FramePart> Parts, int CheckFrom, int CheckTo)
{
    private const int MostParts = 64;
    private const string Allowed = "allowed are bytes as AA or 0D0A, 'letters', {address}, {length}, {length+2}, {text}, {brightness}, {check}, "
        + "numbers also as {address:hex2}, :decimal1, :decimal2 or :decimal3, and [ ] around what the checksum covers";

    private static readonly Dictionary<string, NumberForm> Forms = new()
    {
        ["byte"] = NumberForm.Byte, ["hex2"] = NumberForm.Hex2, ["decimal1"] = NumberForm.Decimal1, ["decimal2"] = NumberForm.Decimal2, ["decimal3"] = NumberForm.Decimal3,
    };

    private static readonly Dictionary<string, FrameField> Fields = new()
    {
        ["address"] = FrameField.Address, ["brightness"] = FrameField.Brightness, ["length"] = FrameField.Length, ["text"] = FrameField.Text, ["check"] = FrameField.Check,
    };

    public bool Has(FrameField field) => Parts.Any(part => part is FramePart.Field known && known.Kind == field);

    /// <summary>The highest number that finds room in its form; that of a byte where the frame does not have it.</summary>
    public int Most(FrameField field) => Parts.OfType<FramePart.Field>().Where(part => part.Kind == field).Select(part => part.Form switch
    {
        NumberForm.Decimal1 => 9,
        NumberForm.Decimal2 => 99,
        _ => byte.MaxValue,
    }).DefaultIfEmpty(byte.MaxValue).Min();

    /// <param name="message">What is wrong and what is allowed; null if all is well.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FrameTemplate? template, [NotNullWhen(false)] out string? message)
    {
        template = null;
        var parts = new List<FramePart>();
        var (from, to) = (-1, -1);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "[" when from < 0: from = parts.Count; break;
                case "]" when from >= 0 && to < 0: to = parts.Count; break;
                default:
                    if (Read(word) is not { } read) return Refuse($"\"{word}\" is none of its words; {Allowed}", out message);
                    parts.AddRange(read);
                    break;
            }
        }

        if (parts.Count is 0 or > MostParts) return Refuse($"must have 1 to {MostParts} parts", out message);
        if (from >= 0 != to >= 0) return Refuse("has a [ without its ]", out message);

        // Without brackets: all that stands before the checksum.
        var check = parts.FindIndex(part => part is FramePart.Field { Kind: FrameField.Check });
        template = new FrameTemplate([.. parts], from < 0 ? 0 : from, to >= 0 ? to : check < 0 ? parts.Count : check);
        if (check >= 0 && check < template.CheckTo && check >= template.CheckFrom) return Refuse("has {check} among what it covers", out message);
        message = null;
        return true;
    }

    private static bool Refuse(string why, out string message)
    {
        message = why;
        return false;
    }

    private static IEnumerable<FramePart>? Read(string word) => word switch
    {
        ['\'', .. { Length: > 0 } letters, '\''] when letters.All(char.IsAscii) => letters.Select(letter => new FramePart.Literal((byte)letter)),
        ['{', .. var name, '}'] => ReadField(name) is { } field ? [field] : null,
        { Length: > 0 } when word.Length % 2 == 0 && word.All(char.IsAsciiHexDigit) => Convert.FromHexString(word).Select(value => new FramePart.Literal(value)),
        _ => null,
    };

    private static FramePart.Field? ReadField(string words)
    {
        var (name, form) = words.Split(':') switch
        {
            [var alone] => (alone, NumberForm.Byte),
            [var named, var formed] when Forms.TryGetValue(formed, out var known) => (named, known),
            _ => ("", NumberForm.Byte),
        };
        var more = 0;
        if (name.Split('+') is [var length, var digits] && length == "length" && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out more) && more <= 99) name = length;
        if (!Fields.TryGetValue(name, out var field) || (field is FrameField.Text or FrameField.Check && form != NumberForm.Byte)) return null;
        return new FramePart.Field(field, form, more);
    }
}
