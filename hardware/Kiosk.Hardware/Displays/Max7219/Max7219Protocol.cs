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
    public static IEnumerable<byte[]> Start(Max7219Options options, IReadOnlyList<byte[]> chips, int brightness, bool lampTest) =>
        [All(Shutdown, 0, chips.Count), .. Refresh(options, chips, brightness, lampTest)];

    /// <summary>
    /// Everything again. Without a shutdown before it, so that a display that is well does not flicker; one that lost its power is lit by the last
    /// word.
    /// </summary>
    /// <param name="chips">Data of the digit registers, leftmost place or topmost row first; the chip nearest to the host first.</param>
    /// <param name="brightness">0 to 15.</param>
    public static IEnumerable<byte[]> Refresh(Max7219Options options, IReadOnlyList<byte[]> chips, int brightness, bool lampTest) =>
    [
        All(DisplayTest, lampTest ? (byte)1 : (byte)0, chips.Count),
        All(ScanLimit, Digits - 1, chips.Count),
        All(DecodeMode, 0, chips.Count),
        .. Content(options, chips, Enumerable.Repeat(true, chips.Count).ToArray()),
        All(Intensity, (byte)brightness, chips.Count),
        All(Shutdown, 1, chips.Count),
    ];

    /// <summary>The digits of those chips that changed; the other chips get no-ops.</summary>
    public static IEnumerable<byte[]> Content(Max7219Options options, IReadOnlyList<byte[]> chips, IReadOnlyList<bool> changed)
    {
        for (var place = 0; place < Digits; place++)
        {
            var (register, frame) = ((byte)Register(options, place), new byte[2 * chips.Count]);
            for (var chip = 0; chip < chips.Count; chip++)
            {
                // The nearest chip's word is the last.
                if (changed[chip]) (frame[^(2 * chip + 2)], frame[^(2 * chip + 1)]) = (register, chips[chip][place]);
            }

            yield return frame;
        }
    }

    /// <param name="place">0 is the leftmost, or the topmost row of a module that is not turned.</param>
    public static int Register(Max7219Options options, int place) => options.LeftDigit == Digits ? Digits - place : FirstDigit + place;

    private static byte[] All(byte register, byte data, int count)
    {
        var frame = new byte[2 * count];
        for (var at = 0; at < frame.Length; at += 2) (frame[at], frame[at + 1]) = (register, data);
        return frame;
    }
}
