using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash;

/// <summary>The byte link of an acceptor: a serial port, or a network port with one behind it.</summary>
internal static class CashLink
{
    public static IReadOnlyList<string> Schemes { get; } = ["serial", "tcp"];

    /// <summary>The mistakes of a link, if any.</summary>
    /// <param name="settings">Their link.</param>
    public static IEnumerable<SettingMistake> Check(DeviceSettings settings)
    {
        if (settings.Emulated) yield break;
        if (!ByteLinkAddress.TryParse(settings.Link, out var address, out var message)) yield return new("link", message);
        else if (address is ByteLinkAddress.UsbNode or ByteLinkAddress.UsbId)
        {
            yield return new("link", $"\"{settings.Link}\" is a printer's link; allowed: serial:///dev/ttyUSB0?baud=9600&framing=8N2, "
                + "serial://usb/vendor:product/serial?baud=9600, tcp://host:port, emulated:");
        }
    }

    /// <param name="emulated">Where the emulator listens; null for the link of the settings, which have been checked.</param>
    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public static Task<ByteLink> OpenAsync(DeviceSettings settings, ByteLinkAddress? emulated, TimeProvider time, CancellationToken cancel)
    {
        var address = emulated ?? (ByteLinkAddress.TryParse(settings.Link, out var parsed, out var message) ? parsed : throw new ArgumentException(message, nameof(settings)));
        return address.OpenAsync(time, cancel);
    }
}
