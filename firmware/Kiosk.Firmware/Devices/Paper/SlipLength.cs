using Kiosk.Hardware.Printers;
using static Kiosk.Hardware.Printers.SlipElement;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>About how much paper a slip takes on a printer of 203 dots an inch (8 a millimetre) with lines of 30 dots.</summary>
internal static class SlipLength
{
    private const double Line = 3.75, DotsInMillimetre = 8;

    /// <summary>From the print head to the blade, fed before each cut.</summary>
    private const double ToTheBlade = 20;

    /// <summary>Modules of a code that holds an address, with its quiet edge.</summary>
    private const int QrModules = 37;

    public static double Of(Slip slip) => ToTheBlade + slip.Elements.Sum(element => element switch
    {
        Text text => text.Height * Line,
        Feed feed => feed.Lines * Line,
        Qr qr => qr.Module * QrModules / DotsInMillimetre,
        _ => Line,
    });
}
