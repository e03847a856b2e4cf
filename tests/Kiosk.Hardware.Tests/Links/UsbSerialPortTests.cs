using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Links;

/// <summary>A tree as sysfs has it: the class folder holds relative links to entries that link back to their device.</summary>
public sealed class UsbSerialPortTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tty");

    private string Class => Path.Combine(_root.FullName, "class");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Adapter_is_found_under_whatever_node_it_has_now()
    {
        Adapter("ttyUSB0", "1-1", "067b", "2303", "", usbSerial: true);
        Adapter("ttyACM0", "1-2", "0403", "6001", "A1", usbSerial: false);
        Assert.Equal("/dev/ttyUSB0", UsbSerialPort.Find(new("067b", "2303", null), Class));
        Assert.Equal("/dev/ttyACM0", UsbSerialPort.Find(new("0403", "6001", "A1"), Class));

        // Pulled and plugged again while another program still held the old node.
        File.Delete(Path.Combine(Class, "ttyUSB0"));
        Adapter("ttyUSB1", "1-1", "067b", "2303", "", usbSerial: true);
        Assert.Equal("/dev/ttyUSB1", UsbSerialPort.Find(new("067b", "2303", null), Class));
    }

    [Fact]
    public void Adapters_of_one_kind_are_told_apart_by_serial_number_and_never_guessed()
    {
        Adapter("ttyUSB0", "1-1", "0403", "6001", "A1", usbSerial: true);
        Adapter("ttyUSB1", "1-2", "0403", "6001", "A2", usbSerial: true);

        Assert.Equal("/dev/ttyUSB1", UsbSerialPort.Find(new("0403", "6001", "A2"), Class));
        var lost = Assert.Throws<DeviceLostException>(() => UsbSerialPort.Find(new("0403", "6001", null), Class));
        Assert.Equal(
            "serial://usb/0403:6001: fits several ports (ttyUSB0 = 0403:6001/A1, ttyUSB1 = 0403:6001/A2); add the serial number, or name the port as serial:///dev/serial/by-path/NAME",
            lost.Message);
    }

    [Fact]
    public void Adapter_that_is_not_there_is_named_with_what_is()
    {
        Assert.Equal("serial://usb/0403:6001: not found; no USB serial adapter is plugged in",
            Assert.Throws<DeviceLostException>(() => UsbSerialPort.Find(new("0403", "6001", null), Class)).Message);

        Adapter("ttyUSB0", "1-1", "067b", "2303", "", usbSerial: true);
        _root.CreateSubdirectory("devices/virtual/tty/tty0");
        Directory.CreateSymbolicLink(Path.Combine(Class, "tty0"), "../devices/virtual/tty/tty0");
        Assert.Equal("serial://usb/0403:6001: not found; plugged in: ttyUSB0 = 067b:2303",
            Assert.Throws<DeviceLostException>(() => UsbSerialPort.Find(new("0403", "6001", null), Class)).Message);
    }

    // usb-serial has a folder of its own between the interface and the terminal, cdc-acm has none.
    private void Adapter(string node, string bus, string vendor, string product, string serial, bool usbSerial)
    {
        var device = _root.CreateSubdirectory($"devices/{bus}");
        File.WriteAllText(Path.Combine(device.FullName, "idVendor"), vendor + "\n");
        File.WriteAllText(Path.Combine(device.FullName, "idProduct"), product + "\n");
        if (serial.Length > 0) File.WriteAllText(Path.Combine(device.FullName, "serial"), serial + "\n");
        var below = usbSerial ? $"{bus}:1.0/{node}" : $"{bus}:1.0";
        var entry = device.CreateSubdirectory($"{below}/tty/{node}");
        Directory.CreateSymbolicLink(Path.Combine(entry.FullName, "device"), usbSerial ? $"../../../{node}" : $"../../../{bus}:1.0");
        Directory.CreateSymbolicLink(Path.Combine(_root.CreateSubdirectory("class").FullName, node), $"../devices/{bus}/{below}/tty/{node}");
    }
}
