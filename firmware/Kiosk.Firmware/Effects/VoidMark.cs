using Kiosk.Hardware.Printers;
using static Kiosk.Hardware.Printers.SlipElement;

namespace Kiosk.Firmware.Effects;

/// <summary>
/// Ends what hangs out of a printer unfinished: marked void and cut off, so that half a ticket with a number that can be read is not taken for
/// one, and does not come out on the same piece of paper as the next customer's.
/// </summary>
internal static class VoidMark
{
    private static readonly Dictionary<string, string> ByLanguage = new(StringComparer.OrdinalIgnoreCase) { ["zh-CN"] = "作废", ["zh-TW"] = "作廢", ["en"] = "VOID" };

    public static string In(string language) => ByLanguage.GetValueOrDefault(language) ?? ByLanguage["en"];

    /// <param name="language">The hall's: whose slip it was is not known any more.</param>
    public static Slip Above(Slip slip, string language) =>
        new([new Feed(), new Text($" {In(language)} ", SlipAlign.Centre, 2, 2, Inverse: true), new Cut(), .. slip.Elements]);
}
