using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>An account number while it is typed: whether it can be one, as far as one can tell without asking the biller.</summary>
internal static class TypedAccount
{
    public static bool HasLength(this AccountProfile how, string digits) => how.Digits.Contains(digits.Length);

    /// <summary>The last digit is what it must be: a slip of the finger is found before the biller is asked.</summary>
    public static bool ChecksOut(this AccountProfile how, string digits) => how.Check switch
    {
        AccountCheck.Luhn => Luhn(digits),
        _ => true,
    };

    public static int Longest(this AccountProfile how) => how.Digits.Max();

    /// <summary>All but the last four hidden; up to four digits are shown as they are typed.</summary>
    public static string Masked(string digits) => digits.Length <= 4 ? digits : new string('•', digits.Length - 4) + digits[^4..];

    // ISO/IEC 7812-1, annex B: from the right every second digit counts double, its digits summed.
    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            var counted = place % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }
}
