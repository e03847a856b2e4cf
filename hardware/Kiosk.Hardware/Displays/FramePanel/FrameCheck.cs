using System.Globalization;
using System.Text;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Checksums of the makers. Source of the CRC: Modbus over serial line V1.02, section 6.2.2 (polynomial A001h, start FFFFh, low byte first).</summary>
internal static class FrameCheck
{
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<byte>, byte[]>> Kinds { get; } = new Dictionary<string, Func<IReadOnlyList<byte>, byte[]>>
    {
        ["sum8"] = bytes => [(byte)Sum(bytes)],
        ["xor8"] = bytes => [Xor(bytes)],
        ["crc16-modbus"] = bytes => [(byte)Crc(bytes), (byte)(Crc(bytes) >> 8)],
        ["sum8-hex"] = bytes => Digits(Sum(bytes) & 0xFF, "X2"),
        ["xor8-hex"] = bytes => Digits(Xor(bytes), "X2"),
        ["sum16-hex"] = bytes => Digits(Sum(bytes) & 0xFFFF, "X4"),
    };

    private static int Sum(IReadOnlyList<byte> bytes) => bytes.Sum(value => value);

    private static byte Xor(IReadOnlyList<byte> bytes) => bytes.Aggregate((byte)0, (folded, value) => (byte)(folded ^ value));

    private static ushort Crc(IReadOnlyList<byte> bytes) => Crc16.Modbus.Of([.. bytes]);

    private static byte[] Digits(int value, string format) => Encoding.ASCII.GetBytes(value.ToString(format, CultureInfo.InvariantCulture));
}
