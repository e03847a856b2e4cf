using System.Buffers.Binary;
using System.Text;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>
/// What a validator says of itself (SETUP REQUEST). Behind OK: unit type, firmware (4 letters), country (3 letters), value multiplier (3, highest first),
/// number of channels n, n values, n security levels, real value multiplier (3, highest first), protocol version; from version 6 on n currencies
/// (3 letters each) and n values in full (4 bytes each, lowest first).
/// </summary>
/// <param name="Firmware">As <c>0433</c>.</param>
/// <param name="Channels">A channel's number is its place, from 1; one without a value is not used.</param>
internal sealed record SspSetup(byte UnitType, string Firmware, string Country, int Version, IReadOnlyList<CashChannel> Channels)
{
    private const int MultiplierAt = 8, CountAt = 11, ValuesAt = 12, MultiplierBytes = 3, CurrencyLetters = 3, FullValueBytes = 4;

    /// <summary>Validators have 16; each is a bit in SET INHIBITS.</summary>
    private const int MostChannels = 32;

    /// <summary>What a channel may be worth: more is a misreading.</summary>
    private const long MostMinor = 100_000_000_00;

    /// <summary>A validator without a payout unit: NV9USB, NV10USB, BV, NV200; 06h and 07h have one, with which it goes on as a validator.</summary>
    private static bool IsValidator(byte unitType) => unitType is 0x00 or 0x06 or 0x07;

    /// <param name="data">Behind OK.</param>
    /// <param name="mistake">Why it is none, in English.</param>
    public static SspSetup? Read(ReadOnlySpan<byte> data, out string mistake)
    {
        mistake = "";
        if (data.Length < ValuesAt) return Not($"{data.Length} bytes are too few", out mistake);
        var (count, version) = (data[CountAt], VersionOf(data));
        if (!IsValidator(data[0])) return Not($"unit type {data[0]:X2}h is no banknote validator", out mistake);
        if (count is 0 or > MostChannels || version is null) return Not($"{data.Length} bytes with {count} channels", out mistake);

        var full = version >= SspProtocol.FullChannelsVersion;
        var currenciesAt = ValuesAt + (2 * count) + MultiplierBytes + 1;
        if (full && data.Length < currenciesAt + (count * (CurrencyLetters + FullValueBytes))) return Not($"{data.Length} bytes with {count} channels of version {version}", out mistake);

        var country = Encoding.ASCII.GetString(data.Slice(5, CurrencyLetters));
        var (multiplier, toMinor) = (Number(data[MultiplierAt..]), Number(data[(ValuesAt + (2 * count))..]));
        var channels = new List<CashChannel>();
        for (var channel = 0; channel < count; channel++)
        {
            var value = full
                ? BinaryPrimitives.ReadUInt32LittleEndian(data[(currenciesAt + (count * CurrencyLetters) + (channel * FullValueBytes))..])
                : (long)data[ValuesAt + channel] * multiplier;
            if (value == 0) continue;
            var currency = full ? Encoding.ASCII.GetString(data.Slice(currenciesAt + (channel * CurrencyLetters), CurrencyLetters)) : country;
            if (toMinor == 0 || value * toMinor > MostMinor || !currency.All(char.IsAsciiLetterUpper))
                return Not($"channel {channel + 1}: value {value}, real value multiplier {toMinor}, currency {Convert.ToHexString(Encoding.Latin1.GetBytes(currency))}h", out mistake);
            channels.Add(new CashChannel(channel + 1, value * toMinor, currency));
        }

        return new SspSetup(data[0], Encoding.ASCII.GetString(data.Slice(1, 4)), country, version.Value, channels);
    }

    /// <summary>As the emulator says it.</summary>
    /// <param name="toMinor">Smallest units in a whole one.</param>
    public static byte[] ToBytes(IReadOnlyList<CashChannel> channels, int version, int toMinor)
    {
        var count = channels.Max(channel => channel.Number);
        var places = Enumerable.Range(1, count).Select(number => channels.FirstOrDefault(channel => channel.Number == number)).ToArray();
        var values = places.Select(place => (place?.Minor ?? 0) / toMinor).ToArray();
        var multiplier = version < SspProtocol.FullChannelsVersion && values.Any(value => value > 255) ? 100 : 1;
        byte[] always =
        [
            0x00, .. "0433"u8, .. Encoding.ASCII.GetBytes(channels[0].Currency), 0, 0, (byte)multiplier, (byte)count,
            .. values.Select(value => (byte)(value / multiplier)), .. Enumerable.Repeat((byte)2, count), (byte)(toMinor >> 16), (byte)(toMinor >> 8), (byte)toMinor, (byte)version,
        ];
        if (version < SspProtocol.FullChannelsVersion) return always;
        return
        [
            .. always,
            .. places.SelectMany(place => Encoding.ASCII.GetBytes(place?.Currency ?? channels[0].Currency)),
            .. values.SelectMany(value => BitConverter.GetBytes((uint)value)),
        ];
    }

    private static int? VersionOf(ReadOnlySpan<byte> data)
    {
        var at = ValuesAt + (2 * data[CountAt]) + MultiplierBytes;
        return at < data.Length ? data[at] : null;
    }

    private static long Number(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];

    private static SspSetup? Not(string why, out string mistake)
    {
        mistake = $"SETUP REQUEST was answered with {why}";
        return null;
    }
}
