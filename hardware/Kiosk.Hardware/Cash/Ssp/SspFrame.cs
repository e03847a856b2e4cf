using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>
/// One frame: <c>7F seq|address length data crcLow crcHigh</c>. Everything behind the start is stuffed: 7F is sent twice, also in the checksum,
/// which is taken before (GA138, transport layer).
/// </summary>
/// <param name="Sequence">The bit that toggles with each new command; an answer has the bit of its command.</param>
/// <param name="Data">1 to 255 bytes: command or generic response first.</param>
internal sealed record SspFrame(byte Address, bool Sequence, byte[] Data)
{
    public const byte Start = 0x7F;
    private const byte SequenceBit = 0x80;

    public byte Code => Data[0];

    public ReadOnlySpan<byte> Arguments => Data.AsSpan(1);

    public byte[] ToBytes()
    {
        byte[] body = [(byte)(Address | (Sequence ? SequenceBit : 0)), (byte)Data.Length, .. Data];
        var crc = Crc16.Cms.Of(body);
        return [Start, .. Stuffed([.. body, (byte)crc, (byte)(crc >> 8)])];
    }

    private static IEnumerable<byte> Stuffed(byte[] bytes) => bytes.SelectMany(value => value == Start ? new[] { Start, Start } : [value]);

    /// <param name="bytes">Without the start, unstuffed, as long as it says.</param>
    /// <returns>Null where the checksum is wrong or there are no data.</returns>
    internal static SspFrame? Read(ReadOnlySpan<byte> bytes)
    {
        var body = bytes[..^2];
        var crc = Crc16.Cms.Of(body);
        if (bytes[^2] != (byte)crc || bytes[^1] != crc >> 8 || body.Length < 3) return null;
        return new SspFrame((byte)(body[0] & ~SequenceBit), (body[0] & SequenceBit) != 0, body[2..].ToArray());
    }
}
