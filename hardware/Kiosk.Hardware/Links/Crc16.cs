namespace Kiosk.Hardware.Links;

/// <summary>A 16-bit cyclic redundancy check, bit by bit: frames are short and lines are slow. Names and check values ("123456789") as in the catalogue of
/// parametrised CRC algorithms.</summary>
/// <param name="Polynomial">As it is written, highest bit first.</param>
/// <param name="Reflected">Bits go in and come out lowest first.</param>
internal readonly record struct Crc16(ushort Polynomial, ushort Start, bool Reflected)
{
    /// <summary>Check value 2189h. ZVT's serial framing, JCM ID-003.</summary>
    public static Crc16 Kermit { get; } = new(0x1021, 0, true);

    /// <summary>Check value 31C3h. ccTalk's CRC mode.</summary>
    public static Crc16 Xmodem { get; } = new(0x1021, 0, false);

    /// <summary>Check value AEE7h. ITL SSP.</summary>
    public static Crc16 Cms { get; } = new(0x8005, 0xFFFF, false);

    /// <summary>Check value 4B37h. Modbus over serial line V1.02, section 6.2.2.</summary>
    public static Crc16 Modbus { get; } = new(0x8005, 0xFFFF, true);

    public ushort Of(params ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        foreach (var value in bytes)
        {
            crc ^= (ushort)(Reflected ? Reverse(value) : value << 8);
            for (var bit = 0; bit < 8; bit++) crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1);
        }

        return Reflected ? Reverse(crc) : crc;
    }

    private static ushort Reverse(ushort value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 16; bit++) reversed |= ((value >> bit) & 1) << (15 - bit);
        return (ushort)reversed;
    }
}
