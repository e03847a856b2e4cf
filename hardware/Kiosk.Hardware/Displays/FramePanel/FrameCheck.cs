using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Checksums of the makers. Source of the CRC: Modbus over serial line V1.02, section 6.2.2 (polynomial A001h, start FFFFh, low byte first).</summary>
internal static class FrameCheck
{
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<byte>, byte[]>> Kinds { get; } = new Dictionary<string, Func<IReadOnlyList<byte>, byte[]>>
    {
        ["sum8"] = bytes => [(byte)Sum(bytes)],
        ["xor8"] = bytes => [Xor(bytes)],
        ["crc16-modbus"] = bytes => [(byte)Crc(bytes), (byte)(Crc(bytes) >> 8)],
        ["sum8-hex"] = bytes => Digits(Sum(bytes) & 0xFF, 2),
        ["xor8-hex"] = bytes => Digits(Xor(bytes), 2),
        ["sum16-hex"] = bytes => Digits(Sum(bytes) & 0xFFFF, 4),
    };

    private static int Sum(IReadOnlyList<byte> bytes) => bytes.Sum(value => value);

    private static byte Xor(IReadOnlyList<byte> bytes) => bytes.Aggregate((byte)0, (folded, value) => (byte)(folded ^ value));

    private static ushort Crc(IReadOnlyList<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
        }

        return crc;
    }

    private static byte[] Digits(int value, int digits) => Encoding.ASCII.GetBytes(value.ToString("X" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
