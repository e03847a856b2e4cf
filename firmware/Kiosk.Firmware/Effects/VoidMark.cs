using Kiosk.Hardware.Printers;
using static Kiosk.Hardware.Printers.SlipElement;

namespace Kiosk.Firmware.Effects;

/// <summary>What may hang out of a printer when the next slip is printed.</summary>
internal enum Hanging
{
    Nothing,

    /// <summary>Perhaps some lines behind the number: cut off, and nothing said about it.</summary>
    Lines,

    /// <summary>Perhaps half of a slip, with its number: marked void and cut off.</summary>
    Half,
}

/// <summary>
/// Ends what hangs out of a printer unfinished, so that half a ticket with a number that can be read is not taken for one, and does not come out
/// on the same piece of paper as the next customer's.
/// </summary>
internal static class VoidMark
{
    private static readonly Dictionary<string, string> ByLanguage = new(StringComparer.OrdinalIgnoreCase) { ["zh-CN"] = "作废", ["zh-TW"] = "作廢", ["en"] = "VOID" };

    public static string In(string language) => ByLanguage.GetValueOrDefault(language) ?? ByLanguage["en"];

    /// <param name="language">The hall's: whose slip it was is not known any more.</param>
    public static Slip Above(Slip slip, Hanging hanging, string language) => hanging switch
    {
        Hanging.Half => new([new Feed(), new Text($" {In(language)} ", SlipAlign.Centre, 2, 2, Inverse: true), new Cut(), .. slip.Elements]),
        Hanging.Lines => new([new Cut(), .. slip.Elements]),
        _ => slip,
    };
}
