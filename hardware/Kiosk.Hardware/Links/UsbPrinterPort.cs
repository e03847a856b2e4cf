using static Kiosk.Hardware.Links.ByteLibc;

namespace Kiosk.Hardware.Links;

/// <summary>Opens a USB printer's character device (usblp), by node or by what the device calls itself.</summary>
internal static class UsbPrinterPort
{
    /// <summary>Where the kernel lists USB printers: <c>lp0/device</c> is the interface, its parent the device.</summary>
    public const string ClassFolder = "/sys/class/usbmisc";

    /// <summary>At most this much of what the printer said to an earlier program is thrown away at opening.</summary>
    private const int StaleBytes = 4096;

    /// <exception cref="DeviceLostException">No such printer, EBUSY, EACCES.</exception>
    public static DescriptorLink Open(string path, string address, TimeProvider time)
    {
        var descriptor = DescriptorLink.Open(path);
        Drain(descriptor);
        return new DescriptorLink(descriptor, address, emptyReadIsEnd: false, time);
    }

    /// <summary>The node of the printer with this vendor, product and serial number: nodes are numbered anew at each plug.</summary>
    /// <exception cref="DeviceLostException">It is not plugged in; the detail lists what is.</exception>
    public static string Find(ByteLinkAddress.UsbId printer, string classFolder = ClassFolder)
    {
        var seen = new List<UsbDevice>();
        IEnumerable<string> nodes = Directory.Exists(classFolder) ? Directory.EnumerateFileSystemEntries(classFolder, "lp*") : [];
        foreach (var node in nodes.Order(StringComparer.Ordinal))
        {
            if (UsbDevice.Above(node) is not { } device) continue;
            if (device.Is(printer)) return $"/dev/usb/{Path.GetFileName(node)}";
            seen.Add(device);
        }

        var found = seen.Count == 0 ? "no USB printer is plugged in" : $"plugged in: {string.Join(", ", seen)}";
        throw new DeviceLostException(DeviceFault.Disconnected, $"{printer}: not found; {found}");
    }

    private static unsafe void Drain(int descriptor)
    {
        var stale = stackalloc byte[64];
        for (var read = 0; read < StaleBytes;)
        {
            var count = Read(descriptor, stale, 64);
            if (count <= 0) return;
            read += (int)count;
        }
    }
}
