using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>An account number while it is typed.</summary>
internal static class TypedAccount
{
    public static int Longest(this AccountProfile how) => how.Digits.Max();

    /// <summary>All but the last four hidden; up to four digits are shown as they are typed.</summary>
    public static string Masked(string digits) => digits.Length <= 4 ? digits : new string('•', digits.Length - 4) + digits[^4..];
}
