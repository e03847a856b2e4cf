using System.Text;

namespace Kiosk.Domain.Books;

/// <summary>Hides telephone, card and account numbers that customers write into a text: of seven digits and more only the last four stay.</summary>
public static class DigitMask
{
    /// <summary>Fewer digits are no number of a person: a price, a year, a ticket.</summary>
    public const int Shortest = 7;

    private const int Shown = 4, LongestGap = 3;

    /// <summary>Masks runs of digits, also where single blanks, dashes or dots stand between them. Other signs stay where they are.</summary>
    public static string Mask(string text)
    {
        var masked = new StringBuilder(text);
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsDigit(text[at]))
            {
                at++;
                continue;
            }

            var digits = Run(text, at);
            if (digits.Count >= Shortest) digits.SkipLast(Shown).ToList().ForEach(index => masked[index] = '*');
            at = digits[^1] + 1;
        }

        return masked.ToString();
    }

    /// <summary>Hides all of a contact but its last four signs.</summary>
    public static string LastFour(string contact) => contact.Length <= Shown ? new string('*', contact.Length) : new string('*', contact.Length - Shown) + contact[^Shown..];

    /// <summary>Places of the digits of the run that begins there.</summary>
    private static List<int> Run(string text, int from)
    {
        var (digits, gap) = (new List<int>(), 0);
        for (var at = from; at < text.Length && gap <= LongestGap; at++)
        {
            if (char.IsDigit(text[at]))
            {
                digits.Add(at);
                gap = 0;
            }
            else if (Separates(text[at]))
            {
                gap++;
            }
            else
            {
                break;
            }
        }

        return digits;
    }

    private static bool Separates(char sign) =>
        sign is '.' or '·' or '_' or '(' or ')' || (char.IsWhiteSpace(sign) && sign is not '\n') || char.GetUnicodeCategory(sign) == System.Globalization.UnicodeCategory.DashPunctuation || sign is '−';
}
