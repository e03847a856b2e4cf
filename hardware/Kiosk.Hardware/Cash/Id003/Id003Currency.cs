using static Kiosk.Hardware.Cash.Id003.Id003Protocol;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>
/// The answer to CURRENCY ASSIGN REQUEST (6-7): for each denomination its escrow code, a country code of JCM's own list, a value and a power of ten. The country is not read:
/// the list is the maker's and differs by model; the currency is a setting.
/// </summary>
internal static class Id003Currency
{
    private const int EntryBytes = 4;

    /// <summary>More is a misreading.</summary>
    private const int MostExponent = 9;

    /// <param name="decimals">Decimal places of the currency.</param>
    /// <param name="mistake">Why it cannot be understood, in English.</param>
    /// <returns>Null where it cannot be understood; without those that have no value.</returns>
    public static IReadOnlyList<CashChannel>? Read(ReadOnlySpan<byte> data, string currency, int decimals, out string mistake)
    {
        mistake = "";
        var channels = new List<CashChannel>();
        for (var at = 0; at + EntryBytes <= data.Length; at += EntryBytes)
        {
            var (code, value, exponent) = (data[at], data[at + 2], data[at + 3]);
            if (value == 0) continue;
            if (code is < FirstDenomination or >= FirstDenomination + MostDenominations || exponent > MostExponent || channels.Any(known => known.Number == NumberOf(code)))
            {
                mistake = $"CURRENCY ASSIGN has code {code:X2}h with {value} and exponent {exponent}";
                return null;
            }

            var minor = (long)value;
            for (var power = 0; power < exponent + decimals; power++) minor *= 10;
            channels.Add(new CashChannel(NumberOf(code), minor, currency));
        }

        return channels;
    }

    public static int NumberOf(byte code) => code - FirstDenomination + 1;

    public static byte CodeOf(int number) => (byte)(FirstDenomination + number - 1);

    /// <summary>As the emulator says it.</summary>
    public static byte[] ToBytes(IEnumerable<CashChannel> channels, int decimals) => [.. channels.SelectMany(channel =>
    {
        var (value, exponent) = (channel.Minor, -decimals);
        while (value % 10 == 0 && (exponent < 0 || value > byte.MaxValue)) (value, exponent) = (value / 10, exponent + 1);
        return new byte[] { CodeOf(channel.Number), 0, (byte)value, (byte)exponent };
    })];
}
