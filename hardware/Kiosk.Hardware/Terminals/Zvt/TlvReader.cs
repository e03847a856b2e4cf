namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>The TLV container of BMP 06 (PA00P015, chapter "TLV-Container"): tags as in BER, lengths to 7Fh, or behind 81 and 82, the high byte first.</summary>
internal static class TlvReader
{
    /// <returns>The length that stands here, <paramref name="data"/> moved behind it; null where none does.</returns>
    public static int? LengthAt(ref ReadOnlySpan<byte> data)
    {
        (int Length, int Bytes)? read = data switch
        {
            [< 0x80 and var length, ..] => (length, 1),
            [0x81, var length, ..] => (length, 2),
            [0x82, var high, var low, ..] => ((high << 8) | low, 3),
            _ => null,
        };
        if (read is not { } found) return null;
        data = data[found.Bytes..];
        return found.Length;
    }

    /// <returns>The elements in their order; null where one does not fit.</returns>
    public static IReadOnlyList<(int Tag, byte[] Value)>? Read(ReadOnlySpan<byte> data)
    {
        var elements = new List<(int, byte[])>();
        while (!data.IsEmpty)
        {
            if (TagAt(ref data) is not { } tag || LengthAt(ref data) is not { } length || length > data.Length) return null;
            elements.Add((tag, data[..length].ToArray()));
            data = data[length..];
        }

        return elements;
    }

    /// <summary>One byte, or two where its low five bits are ones: ZVT has no longer ones.</summary>
    private static int? TagAt(ref ReadOnlySpan<byte> data)
    {
        var wide = (data[0] & 0x1F) == 0x1F;
        if (wide && data.Length < 2) return null;
        var tag = wide ? (data[0] << 8) | data[1] : data[0];
        data = data[(wide ? 2 : 1)..];
        return tag;
    }
}
