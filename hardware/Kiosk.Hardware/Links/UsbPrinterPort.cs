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
    /// <param name="serial">Null for any.</param>
    /// <exception cref="DeviceLostException">It is not plugged in; the detail lists what is.</exception>
    public static string Find(string vendor, string product, string? serial, string classFolder = ClassFolder)
    {
        var seen = new List<string>();
        IEnumerable<string> nodes = Directory.Exists(classFolder) ? Directory.EnumerateFileSystemEntries(classFolder, "lp*") : [];
        foreach (var node in nodes.Order(StringComparer.Ordinal))
        {
            // Both are relative links: the second one counts from where the first one leads.
            var face = Resolve(Path.Combine(Resolve(node), "device"));
            var device = Path.GetDirectoryName(face)!;
            var (v, p, s) = (Attribute(device, "idVendor"), Attribute(device, "idProduct"), Attribute(device, "serial"));
            if (v == vendor && p == product && (serial is null || s == serial)) return $"/dev/usb/{Path.GetFileName(node)}";
            seen.Add($"{v}:{p}/{s}");
        }

        var wanted = serial is null ? $"{vendor}:{product}" : $"{vendor}:{product}/{serial}";
        var found = seen.Count == 0 ? "no USB printer is plugged in" : $"plugged in: {string.Join(", ", seen)}";
        throw new DeviceLostException(DeviceFault.Disconnected, $"usb://{wanted}: not found; {found}");
    }

    private static string Resolve(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string Attribute(string device, string name)
    {
        var file = Path.Combine(device, name);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
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
