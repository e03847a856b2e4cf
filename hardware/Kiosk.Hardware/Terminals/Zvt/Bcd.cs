namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Numbers of two decimal digits a byte, the highest first.</summary>
internal static class Bcd
{
    /// <param name="value">Digits that do not fit are a bug of the caller.</param>
    public static byte[] Write(long value, int bytes)
    {
        var written = new byte[bytes];
        var left = value;
        for (var place = bytes - 1; place >= 0; place--)
        {
            written[place] = (byte)((left / 10 % 10 << 4) | (left % 10));
            left /= 100;
        }

        return left == 0 && value >= 0 ? written : throw new ArgumentOutOfRangeException(nameof(value), value, $"must have at most {bytes * 2} digits");
    }

    /// <returns>Null where a half byte is no digit.</returns>
    public static long? Read(ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        foreach (var pair in bytes)
        {
            if (pair >> 4 > 9 || (pair & 15) > 9) return null;
            value = (value * 100) + (pair >> 4) * 10 + (pair & 15);
        }

        return value;
    }

    /// <returns>The digits, zeros in front among them; null where a half byte is no digit.</returns>
    public static string? ReadDigits(ReadOnlySpan<byte> bytes) => Read(bytes) is null ? null : Convert.ToHexString(bytes);
}
