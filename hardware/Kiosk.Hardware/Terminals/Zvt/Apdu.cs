namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>One message of ZVT: class, instruction, length, data (PA00P016, section 3.2.1).</summary>
/// <param name="Command">Class and instruction, as 0601h.</param>
internal sealed record Apdu(ushort Command, byte[] Data)
{
    /// <summary>Lengths from here on are written <c>FF lo hi</c>.</summary>
    private const int Extended = 0xFF;

    /// <summary>Class and instruction and the longest length.</summary>
    public const int LongestHeader = 5;

    public byte Class => (byte)(Command >> 8);

    public byte Instruction => (byte)Command;

    /// <summary>80 00, and 84 00 of older terminals.</summary>
    public bool Positive => Command is ZvtProtocol.Accepted or ZvtProtocol.AcceptedToo;

    /// <summary>80 xx or 84 xx: it answers, and asks nothing.</summary>
    public bool IsAnswer => Class is 0x80 or 0x84;

    public static Apdu Of(ushort command, params ReadOnlySpan<byte> data) => new(command, data.ToArray());

    public byte[] ToBytes() => Data.Length < Extended
        ? [Class, Instruction, (byte)Data.Length, .. Data]
        : [Class, Instruction, Extended, (byte)Data.Length, (byte)(Data.Length >> 8), .. Data];

    /// <returns>The length of the whole message that begins so, or null while that cannot be told yet.</returns>
    public static int? LengthOf(ReadOnlySpan<byte> start) => start switch
    {
        [_, _, Extended, var low, var high, ..] => LongestHeader + low + (high << 8),
        [_, _, Extended, ..] => null,
        [_, _, var length, ..] => 3 + length,
        _ => null,
    };

    /// <param name="whole">As long as <see cref="LengthOf"/> says.</param>
    public static Apdu Read(ReadOnlySpan<byte> whole) =>
        new((ushort)((whole[0] << 8) | whole[1]), whole[(whole[2] == Extended ? LongestHeader : 3)..].ToArray());

    /// <summary>Without the data: it may hold a card number or the password.</summary>
    public override string ToString() => $"{Class:X2} {Instruction:X2} with {Data.Length} bytes";
}
