using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>
/// A frame, part 1 of the specification: <c>[to][length][from][header][data][sum]</c> with all bytes adding up to zero; or with a CRC
/// <c>[to][length][crc low][header][data][crc high]</c>, over all of it but the CRC.
/// </summary>
internal static class CcTalkFrame
{
    /// <summary>All that is not data.</summary>
    public const int Around = 5;

    public const int MostData = 252;

    public static byte[] Build(byte to, byte from, byte header, ReadOnlySpan<byte> data, bool crc)
    {
        byte[] frame = [to, (byte)data.Length, from, header, .. data, 0];
        if (crc) (frame[2], frame[^1]) = CrcOf(frame);
        else frame[^1] = (byte)-frame.Sum(value => value);
        return frame;
    }

    /// <summary>The first whole frame for this receiver, whatever noise is before it.</summary>
    /// <param name="from">Ignored with a CRC, which takes the sender's place.</param>
    /// <param name="end">Of the frame found.</param>
    public static (byte Header, byte[] Data)? Find(ReadOnlySpan<byte> bytes, byte to, byte from, bool crc, out int end)
    {
        for (var start = 0; start + Around <= bytes.Length; start++)
        {
            end = start + Around + bytes[start + 1];
            if (bytes[start] != to || bytes[start + 1] > MostData || end > bytes.Length) continue;
            var frame = bytes[start..end];
            if (IsWhole(frame, from, crc)) return (frame[3], frame[4..^1].ToArray());
        }

        end = 0;
        return null;
    }

    private static bool IsWhole(ReadOnlySpan<byte> frame, byte from, bool crc)
    {
        if (crc) return CrcOf(frame) == (frame[2], frame[^1]);
        var sum = 0;
        foreach (var value in frame) sum += value;
        return frame[2] == from && (sum & 0xFF) == 0;
    }

    private static (byte Low, byte High) CrcOf(ReadOnlySpan<byte> frame)
    {
        var crc = Crc16.Xmodem.Of([.. frame[..2], .. frame[3..^1]]);
        return ((byte)crc, (byte)(crc >> 8));
    }
}
