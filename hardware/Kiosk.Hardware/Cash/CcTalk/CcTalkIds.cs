using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>What a channel calls itself: country, value and issue. Coins <c>CN100A</c> (part 3, appendix 3), notes <c>CN0010A</c> (headers 157 and 158).</summary>
internal static class CcTalkIds
{
    private const int CoinLength = 6, NoteLength = 7, Country = 2;
    private const int Thousand = 1000;

    /// <summary>Three characters are the value in the smallest unit; a K is the decimal point of thousands: <c>2K5</c> is 2500.</summary>
    /// <returns>Null for an empty channel, another country's, or a value that is written in no way known.</returns>
    public static long? Coin(byte[] id, string country)
    {
        var text = Encoding.ASCII.GetString(id);
        if (text.Length != CoinLength || !text.StartsWith(country, StringComparison.Ordinal)) return null;
        var value = text[Country..^1];
        var point = value.IndexOf('K', StringComparison.Ordinal);
        if (point < 0) return Digits(value);
        if (Digits(value.Remove(point, 1)) is not { } digits) return null;
        for (var factor = Thousand; ; factor /= 10)
        {
            if (point++ == value.Length - 1) return digits * factor;
        }
    }

    /// <summary>Four digits are a multiple of the country's scaling factor (header 156).</summary>
    /// <param name="scaling">Factor and decimal places, as the device has them.</param>
    /// <param name="decimals">Of the currency: 2 where the smallest unit is a hundredth.</param>
    /// <returns>As of a coin.</returns>
    public static long? Note(byte[] id, string country, (int Factor, int Decimals) scaling, int decimals)
    {
        var text = Encoding.ASCII.GetString(id);
        if (text.Length != NoteLength || !text.StartsWith(country, StringComparison.Ordinal) || Digits(text[Country..^1]) is not { } digits) return null;
        var minor = digits * scaling.Factor;
        for (var place = scaling.Decimals; place < decimals; place++) minor *= 10;
        for (var place = decimals; place < scaling.Decimals; place++)
        {
            if (minor % 10 != 0) return null;
            minor /= 10;
        }

        return minor > 0 ? minor : null;
    }

    private static long? Digits(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
}
