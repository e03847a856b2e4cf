namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>
/// Registers and frames of a chain of MAX7219. A word is register and data, a frame is one word for each chip: it is latched when chip select
/// rises. The first word of a frame ends in the last chip. Source: MAX7219/MAX7221 data sheet, tables 1 to 10.
/// </summary>
internal static class Max7219Protocol
{
    public const byte NoOp = 0, FirstDigit = 1, DecodeMode = 9, Intensity = 10, ScanLimit = 11, Shutdown = 12, DisplayTest = 15;
    public const int Digits = 8;

    /// <summary>Everything at the start: dark while the random memory of the chips is overwritten.</summary>
    public static IEnumerable<byte[]> Start(Max7219Options options, IReadOnlyList<byte[]> panels, bool lampTest) =>
        [All(Shutdown, 0, panels.Count), .. Refresh(options, panels, lampTest)];

    /// <summary>
    /// Everything again. Without a shutdown before it, so that a display that is well does not flicker; one that lost its power is lit by the last
    /// word.
    /// </summary>
    /// <param name="panels">Segments of each panel, leftmost first; the panel nearest to the host first.</param>
    public static IEnumerable<byte[]> Refresh(Max7219Options options, IReadOnlyList<byte[]> panels, bool lampTest) =>
    [
        All(DisplayTest, lampTest ? (byte)1 : (byte)0, panels.Count),
        All(ScanLimit, Digits - 1, panels.Count),
        All(DecodeMode, 0, panels.Count),
        .. Content(options, panels, Enumerable.Repeat(true, panels.Count).ToArray()),
        All(Intensity, (byte)options.Brightness, panels.Count),
        All(Shutdown, 1, panels.Count),
    ];

    /// <summary>The digits of those panels that changed; the other chips get no-ops.</summary>
    public static IEnumerable<byte[]> Content(Max7219Options options, IReadOnlyList<byte[]> panels, IReadOnlyList<bool> changed)
    {
        for (var place = 0; place < Digits; place++)
        {
            var register = (byte)Register(options, place);
            yield return Frame(panels.Select((segments, panel) => changed[panel] ? (register, segments[place]) : (NoOp, (byte)0)));
        }
    }

    /// <param name="place">0 is the leftmost.</param>
    public static int Register(Max7219Options options, int place) => options.LeftDigit == Digits ? Digits - place : FirstDigit + place;

    private static byte[] All(byte register, byte data, int chips) => Frame(Enumerable.Repeat((register, data), chips));

    /// <param name="words">The nearest chip's first.</param>
    private static byte[] Frame(IEnumerable<(byte Register, byte Data)> words) =>
        [.. words.Reverse().SelectMany(word => (byte[])[word.Register, word.Data])];
}
