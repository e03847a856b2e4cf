using System.Text;
using System.Text.RegularExpressions;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Looks for whole numbers in whatever the appliance says or keeps: as digits, in groups, and packed two digits to a byte.</summary>
internal sealed class NumberHunt
{
    // Between two digits: blanks, dashes, dots and the like, or the zero bytes of UTF-16. At most two of them, so that a table of other figures is none.
    private const string Between = @"[\s\-._:/\u00A0\0]{0,2}";

    private readonly List<(string Number, Regex Text, byte[] Packed)> _sought = [];
    private readonly List<string> _found = [];

    public NumberHunt(params IEnumerable<string> numbers)
    {
        foreach (var number in numbers)
        {
            _sought.Add((number, new($"(?<!\\d){string.Join(Between, number.AsEnumerable())}(?!\\d)", RegexOptions.CultureInvariant), number.Length % 2 == 0 ? Convert.FromHexString(number) : []));
        }
    }

    /// <summary>Each as <c>place: number in "…what stands around it…"</c>.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>How many places were looked at: nothing found in nothing proves nothing.</summary>
    public int Looked { get; private set; }

    /// <param name="markup">Also as somebody reads it, with the tags taken out.</param>
    public void In(string place, string text, bool markup = false)
    {
        Looked++;
        foreach (var (number, pattern, _) in _sought)
        {
            var hit = pattern.Match(text);
            if (!hit.Success && markup) hit = pattern.Match(text = Regex.Replace(text, "<[^>]*>", ""));
            if (!hit.Success) continue;

            var from = Math.Max(0, hit.Index - 40);
            _found.Add($"{place}: {number} in \"{text[from..Math.Min(text.Length, hit.Index + hit.Length + 40)]}\"");
        }
    }

    public void In(string place, byte[] bytes)
    {
        // One sign for each byte: digits are the same in every encoding that is used here.
        In(place, Encoding.Latin1.GetString(bytes));
        foreach (var (number, _, packed) in _sought)
        {
            if (packed.Length > 0 && bytes.AsSpan().IndexOf(packed) >= 0) _found.Add($"{place}: {number} as packed digits");
        }
    }
}
