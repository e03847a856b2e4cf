namespace Kiosk.Hardware.Links;

/// <summary>Finds a USB adapter's serial port by what the adapter calls itself: nodes are numbered anew at each plug.</summary>
internal static class UsbSerialPort
{
    /// <summary>Where the kernel lists terminals. <c>ttyUSB0/device</c> leads below the adapter (usb-serial), <c>ttyACM0/device</c> to one of its interfaces (cdc-acm).</summary>
    public const string ClassFolder = "/sys/class/tty";

    /// <exception cref="DeviceLostException">It is not plugged in, or several fit; the detail lists what there is.</exception>
    public static string Find(ByteLinkAddress.UsbId adapter, string classFolder = ClassFolder)
    {
        var seen = new List<(string Node, UsbDevice Device)>();
        IEnumerable<string> nodes = Directory.Exists(classFolder) ? Directory.EnumerateFileSystemEntries(classFolder) : [];
        foreach (var node in nodes.Order(StringComparer.Ordinal))
        {
            if (UsbDevice.Above(node) is { } device) seen.Add((Path.GetFileName(node), device));
        }

        var fitting = seen.Where(port => port.Device.Is(adapter)).ToList();
        if (fitting is [var (found, _)]) return $"/dev/{found}";

        var wanted = $"serial://usb/{adapter.ToString()["usb://".Length..]}";
        var there = string.Join(", ", (fitting is [] ? seen : fitting).Select(port => $"{port.Node} = {port.Device}"));
        throw new DeviceLostException(DeviceFault.Disconnected, fitting is []
            ? $"{wanted}: not found; {(seen is [] ? "no USB serial adapter is plugged in" : $"plugged in: {there}")}"
            : $"{wanted}: fits several ports ({there}); add the serial number, or name the port as serial:///dev/serial/by-path/NAME");
    }
}
