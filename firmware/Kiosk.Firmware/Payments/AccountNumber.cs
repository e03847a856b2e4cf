using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Payments;

/// <summary>Whether an account number can be one, before a biller is bothered with it.</summary>
internal static class AccountNumber
{
    public static bool IsGood(AccountProfile profile, string account) =>
        profile.Digits.Contains(account.Length) && account.All(char.IsAsciiDigit) && (profile.Check == AccountCheck.None || Luhn(account));

    // ISO/IEC 7812-1, annex B.
    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            sum += place % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }
}
