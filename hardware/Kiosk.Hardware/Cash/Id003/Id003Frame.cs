using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>One message: <c>FC length code data crcLow crcHigh</c>; the length is of the whole message, the checksum of everything before it (section 3).</summary>
internal sealed record Id003Frame(byte Code, params byte[] Data)
{
    public const byte Start = 0xFC;

    /// <summary>Without data, and as much as one byte of length can say.</summary>
    public const int Shortest = 5, Longest = 255;

    public byte[] ToBytes()
    {
        byte[] body = [Start, (byte)(Shortest + Data.Length), Code, .. Data];
        var crc = Crc16.Kermit.Of(body);
        return [.. body, (byte)crc, (byte)(crc >> 8)];
    }

    /// <param name="bytes">As long as they say.</param>
    /// <returns>Null where the checksum is wrong.</returns>
    public static Id003Frame? Read(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc16.Kermit.Of(bytes[..^2]);
        return bytes[^2] == (byte)crc && bytes[^1] == crc >> 8 ? new Id003Frame(bytes[2], bytes[3..^2].ToArray()) : null;
    }
}

/// <summary>Bytes to messages, on both ends of the line. Nothing is stuffed: an FC of the data may look like a start, so that what turned out to be none is read again
/// from its second byte.</summary>
internal sealed class Id003Receiver
{
    private readonly List<byte> _bytes = [];

    /// <summary>Starts that were none, and messages with a wrong checksum.</summary>
    public int BadFrames { get; private set; }

    /// <returns>The message that this byte ends, if it does.</returns>
    public Id003Frame? Take(byte value)
    {
        _bytes.Add(value);
        while (_bytes.Count > 0)
        {
            if (_bytes[0] != Id003Frame.Start || (_bytes.Count > 1 && _bytes[1] < Id003Frame.Shortest))
            {
                Drop();
                continue;
            }

            if (_bytes.Count < 2 || _bytes.Count < _bytes[1]) return null;
            if (Id003Frame.Read([.. _bytes.Take(_bytes[1])]) is { } frame)
            {
                _bytes.RemoveRange(0, _bytes[1]);
                return frame;
            }

            Drop();
        }

        return null;
    }

    public void Forget() => _bytes.Clear();

    private void Drop()
    {
        if (_bytes[0] == Id003Frame.Start) BadFrames++;
        _bytes.RemoveAt(0);
    }
}
