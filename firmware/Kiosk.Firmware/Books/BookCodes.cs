using System.Globalization;
using System.Security.Cryptography;

namespace Kiosk.Firmware.Books;

/// <summary>Draws the names of entries.</summary>
internal static class BookCodes
{
    private const string CrockfordBase32 = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Of an entry that staff alone see.</summary>
    public static string Draw() => RandomNumberGenerator.GetString(CrockfordBase32, 8);

    /// <summary>Six digits that a customer can type, none among <paramref name="taken"/>.</summary>
    public static string Digits(Func<string, bool> taken)
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
            if (!taken(code)) return code;
        }
    }

    /// <summary>A number to say and a secret to read the answer with: <c>482913-7k2mq9</c>.</summary>
    public static string Suggestion(Func<string, bool> taken) => $"{Digits(taken)}-{RandomNumberGenerator.GetString(CrockfordBase32, 6)}";
}
