namespace Kiosk.Hardware.Links;

/// <summary>What a USB device calls itself, from sysfs. Empty where it says nothing.</summary>
internal sealed record UsbDevice(string Vendor, string Product, string SerialNumber)
{
    /// <param name="entry">Of a class folder, as <c>/sys/class/usbmisc/lp0</c>: a link into the tree of devices.</param>
    /// <returns>The USB device that it belongs to: the nearest one above that has a vendor. Null for a device that is not on USB.</returns>
    public static UsbDevice? Above(string entry)
    {
        // Both are relative links: the second one counts from where the first one leads. A virtual terminal has no device.
        var device = Path.Combine(Resolve(entry), "device");
        for (var folder = Directory.Exists(device) ? Resolve(device) : null; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "idVendor")))
                return new UsbDevice(Attribute(folder, "idVendor"), Attribute(folder, "idProduct"), Attribute(folder, "serial"));
        }

        return null;
    }

    public bool Is(ByteLinkAddress.UsbId wanted) =>
        Vendor == wanted.Vendor && Product == wanted.Product && (wanted.SerialNumber is null || SerialNumber == wanted.SerialNumber);

    public override string ToString() => SerialNumber.Length == 0 ? $"{Vendor}:{Product}" : $"{Vendor}:{Product}/{SerialNumber}";

    private static string Resolve(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string Attribute(string device, string name)
    {
        var file = Path.Combine(device, name);
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        }
        catch (Exception pulled) when (pulled is IOException or UnauthorizedAccessException)
        {
            // Pulled between two looks: it is not the one that is looked for.
            return "";
        }
    }
}
