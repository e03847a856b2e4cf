namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>
/// Messages to one HT16K33. Source: HT16K33 data sheet rev. 1.10, "Command Summary" (system set up, display set up, dimming set) and "Display Data Address
/// Pointer". Two bytes of memory for each of the eight commons: rows 0 to 7, then rows 8 to 15.
/// </summary>
internal static class Ht16k33Protocol
{
    public const byte DataPointer = 0x00, OscillatorOn = 0x21, DisplayOn = 0x81, Dimming = 0xE0;
    public const int MemoryBytes = 16;

    /// <summary>
    /// Everything. The memory is random when the power comes: it is written, all of it, before the display is switched on. On a display that is
    /// well each of these changes nothing that an eye could see.
    /// </summary>
    /// <param name="brightness">0 to 15: (n + 1)/16.</param>
    public static IEnumerable<byte[]> Refresh(byte[] memory, int brightness) =>
        [[OscillatorOn], Content(memory), [(byte)(Dimming | brightness)], [DisplayOn]];

    public static byte[] Content(byte[] memory) => [DataPointer, .. memory];

    /// <param name="segments">Leftmost first, as in <see cref="SevenSegments"/>.</param>
    public static byte[] Memory(Ht16k33Layout layout, IReadOnlyList<byte> segments)
    {
        var memory = new byte[MemoryBytes];
        for (var place = 0; place < segments.Count; place++) memory[layout.Places[place]] = Rows(segments[place]);
        return memory;
    }

    public static byte[] AllLit => [.. Enumerable.Repeat((byte)0xFF, MemoryBytes)];

    /// <summary>Row 0 feeds segment A, row 6 segment G, row 7 the point: the other way round than <see cref="SevenSegments"/>.</summary>
    private static byte Rows(byte segments)
    {
        var rows = segments & SevenSegments.DecimalPoint;
        for (var row = 0; row < 7; row++) rows |= (segments >> (6 - row) & 1) << row;
        return (byte)rows;
    }
}
