using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>
/// Frames of the Alpha Sign Communications Protocol, "standard" (one byte) format. Source: Adaptive Micro Systems 9708-8061F: section 5.1 (packet and
/// checksum), 6.1 (TEXT files), 6.2.1 (special functions, memory configuration <c>$</c>), 6.3 (STRING files), appendix D (notes on STRING files).
/// </summary>
internal static class AlphaSignProtocol
{
    public const byte Null = 0, StartOfHeader = 1, StartOfText = 2, EndOfText = 3, EndOfTransmission = 4, Flash = 7, CallString = 0x10, Escape = 0x1B;
    public const char EveryType = 'Z', WriteText = 'A', WriteSpecial = 'E', WriteString = 'G', MemoryConfiguration = '$', TextFile = 'A', StringFile = '1';

    /// <summary>The sign finds the baud rate with them.</summary>
    public const int LeadingNulls = 5;

    /// <summary>Appendix D: a STRING file holds 125 bytes; two pairs of them may be the flash attribute.</summary>
    public const int StringCharacters = 121;

    private const int StringBytes = 125, TextBytes = 0x40;

    /// <summary>Forgets every file. Some signs show nothing of a new configuration unless they were cleared before it.</summary>
    public static string ClearMemory => $"{WriteSpecial}{MemoryConfiguration}";

    /// <summary>
    /// One TEXT file that is always shown, and one STRING file. Each: label, type (A text, B string), L locked against the remote control, size, and start
    /// and stop time (FF00: always) or zeros.
    /// </summary>
    public static string LayOutMemory =>
        string.Create(CultureInfo.InvariantCulture, $"{WriteSpecial}{MemoryConfiguration}{TextFile}AL{TextBytes:X4}FF00{StringFile}BL{StringBytes:X4}0000");

    /// <summary>The text that calls the string, in the middle, held still (mode b). It is written once: a TEXT file blanks the sign when it changes.</summary>
    public static string Frame => $"{WriteText}{TextFile}{(char)Escape} b{(char)CallString}{StringFile}";

    /// <summary>A STRING file is buffered twice: it changes without blanking the sign.</summary>
    public static string Content(string text, bool flash) =>
        $"{WriteString}{StringFile}{(flash ? $"{(char)Flash}1" : "")}{Printable(text)}{(flash ? $"{(char)Flash}0" : "")}";

    /// <param name="command">Command code and data.</param>
    public static byte[] Packet(AlphaSignOptions options, SignAddress address, string command)
    {
        byte[] header = [.. Enumerable.Repeat(Null, LeadingNulls), StartOfHeader, (byte)options.Type, .. Encoding.ASCII.GetBytes(address.Digits)];
        byte[] body = [StartOfText, .. Encoding.ASCII.GetBytes(command)];
        if (!options.Checksum) return [.. header, .. body, EndOfTransmission];

        body = [.. body, EndOfText];
        return [.. header, .. body, .. Encoding.ASCII.GetBytes(Sum(body).ToString("X4", CultureInfo.InvariantCulture)), EndOfTransmission];
    }

    /// <summary>Of everything from STX to ETX, both included.</summary>
    private static ushort Sum(byte[] bytes) => (ushort)bytes.Sum(value => value);

    /// <summary>The signs know ASCII, and control codes would be commands.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : DotFont.Unknown));
}
