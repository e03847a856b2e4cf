using System.Net;
using System.Net.Sockets;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Tests.Printers;

namespace Kiosk.Hardware.Tests.Links;

[Collection("pseudo-terminals")]
public sealed class ByteLinkTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10), Second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Serial_port_carries_every_byte_value_both_ways()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}?baud=115200&framing=8N1");
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();

        await port.WriteAsync(all, Second, default).WaitAsync(Watchdog);
        Assert.Equal(all, await ReadExactlyAsync(cable.Far, 256));
        await cable.Far.WriteAsync(all, Second, default).WaitAsync(Watchdog);
        Assert.Equal(all, await ReadExactlyAsync(port, 256));
        Assert.Equal(256, port.BytesWritten);
    }

    [Fact]
    public async Task Read_ends_at_its_deadline_and_the_link_is_as_good_as_before()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}");

        var reading = port.ReadAsync(new byte[1], Second, default);
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(reading));
        await cable.Far.WriteAsync(new byte[] { 7 }, Second, default).WaitAsync(Watchdog);
        Assert.Equal([7], await ReadExactlyAsync(port, 1));
    }

    [Fact]
    public async Task Write_that_is_not_taken_ends_at_its_deadline_and_tells_how_much_was()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}");

        var writing = Number(port.WriteAsync(new byte[1_000_000], Second, default));
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(writing));
        Assert.InRange(port.BytesWritten, 1, 999_999);
    }

    [Fact]
    public async Task Read_from_a_network_device_ends_at_its_deadline_and_the_link_is_as_good_as_before()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var link = await OpenAsync($"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var far = await listener.AcceptSocketAsync().WaitAsync(Watchdog);

        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(link.ReadAsync(new byte[1], Second, default)));
        Assert.Equal(1, await far.SendAsync(new byte[] { 7 }));
        Assert.Equal([7], await ReadExactlyAsync(link, 1));
    }

    [Fact]
    public async Task Write_that_a_network_device_does_not_take_ends_at_its_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var link = await OpenAsync($"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var far = await listener.AcceptSocketAsync().WaitAsync(Watchdog);

        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(Number(link.WriteAsync(new byte[32_000_000], Second, default))));
        Assert.True(link.BytesWritten > 0);
    }

    [Fact]
    public async Task Port_that_has_no_low_latency_says_so_and_works()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}?flow=xonxoff&framing=8E1&lowLatency=1");

        Assert.Equal("low latency is not to be had here: ENOTTY", port.Remark);
        await cable.Far.WriteAsync("A042"u8.ToArray(), Second, default).WaitAsync(Watchdog);
        Assert.Equal("A042"u8.ToArray(), await ReadExactlyAsync(port, 4));
    }

    [Fact]
    public async Task Writer_waits_between_xoff_and_xon()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}?baud=115200&flow=xonxoff");
        await cable.Far.WriteAsync(new byte[] { 0x13 }, Second, default).WaitAsync(Watchdog);
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(Number(port.WriteAsync("late"u8.ToArray(), Second, default))));

        await cable.Far.WriteAsync(new byte[] { 0x11 }, Second, default).WaitAsync(Watchdog);
        await port.WriteAsync("late"u8.ToArray(), Timeout.InfiniteTimeSpan, default).WaitAsync(Watchdog);
        Assert.Equal("late"u8.ToArray(), await ReadExactlyAsync(cable.Far, 4));
    }

    [Fact]
    public async Task Hang_up_wakes_the_reader()
    {
        await using var cable = new PseudoTerminal(_time);
        await using var port = await OpenAsync($"serial://{cable.Path}");
        var reading = port.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan, default);
        await cable.DisposeAsync();

        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => reading.WaitAsync(Watchdog))).Fault);
    }

    [Fact]
    public async Task Closing_wakes_the_reader()
    {
        await using var cable = new PseudoTerminal(_time);
        var port = await OpenAsync($"serial://{cable.Path}");
        var reading = port.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan, default);
        await port.DisposeAsync();

        await Assert.ThrowsAsync<DeviceLostException>(() => reading.WaitAsync(Watchdog));
        await Assert.ThrowsAsync<DeviceLostException>(() => port.ReadAsync(new byte[1], Second, default));
    }

    [Theory]
    [InlineData("serial:///dev/no-such-port", DeviceFault.Disconnected, "open /dev/no-such-port: ENOENT")]
    [InlineData("usb:///dev/usb/no-such-printer", DeviceFault.Disconnected, "open /dev/usb/no-such-printer: ENOENT")]
    [InlineData("serial:///dev/null", DeviceFault.Broken, "tcgetattr /dev/null: ENOTTY")]
    public async Task What_cannot_be_opened_is_named(string link, DeviceFault fault, string detail)
    {
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync(link));

        Assert.Equal((fault, detail), (lost.Fault, lost.Message));
    }

    [Theory]
    [InlineData(ByteLibc.Busy, DeviceFault.InUse, "open /dev/usb/lp0: EBUSY, another program owns it")]
    [InlineData(ByteLibc.Access, DeviceFault.AccessDenied, "open /dev/usb/lp0: EACCES, the user of this service may not open it (group lp or dialout, udev rule)")]
    [InlineData(ByteLibc.NoDevice, DeviceFault.Disconnected, "open /dev/usb/lp0: ENODEV")]
    public void Kernels_errors_have_their_faults(int errno, DeviceFault fault, string detail)
    {
        var lost = ByteLibc.Lost("open /dev/usb/lp0", errno);

        Assert.Equal((fault, detail), (lost.Fault, lost.Message));
    }

    [Fact]
    public async Task Refused_connection_is_disconnected()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync($"tcp://127.0.0.1:{port}"));
        Assert.Equal((DeviceFault.Disconnected, $"connect tcp://127.0.0.1:{port}: ConnectionRefused"), (lost.Fault, lost.Message));
    }

    [Fact]
    public void Usb_printer_is_found_by_vendor_product_and_serial_number()
    {
        var root = Directory.CreateTempSubdirectory("usbmisc");
        try
        {
            Printer(root, "lp0", "1-1", "04b8", "0e15", "AAA");
            Printer(root, "lp3", "1-2", "04b8", "0e15", "BBB");
            var folder = Path.Combine(root.FullName, "class");

            Assert.Equal("/dev/usb/lp3", UsbPrinterPort.Find(new("04b8", "0e15", "BBB"), folder));
            Assert.Equal("/dev/usb/lp0", UsbPrinterPort.Find(new("04b8", "0e15", null), folder));
            var lost = Assert.Throws<DeviceLostException>(() => UsbPrinterPort.Find(new("0416", "5011", null), folder));
            Assert.Equal("usb://0416:5011: not found; plugged in: 04b8:0e15/AAA, 04b8:0e15/BBB", lost.Message);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    // As sysfs has it: class/lp0 is a link to device/interface/usbmisc/lp0, where device is a link back to the interface.
    private static void Printer(DirectoryInfo root, string node, string bus, string vendor, string product, string serial)
    {
        var device = root.CreateSubdirectory($"devices/{bus}");
        File.WriteAllText(Path.Combine(device.FullName, "idVendor"), vendor + "\n");
        File.WriteAllText(Path.Combine(device.FullName, "idProduct"), product + "\n");
        File.WriteAllText(Path.Combine(device.FullName, "serial"), serial + "\n");
        var entry = device.CreateSubdirectory($"{bus}:1.0/usbmisc/{node}");
        Directory.CreateSymbolicLink(Path.Combine(entry.FullName, "device"), $"../../../{bus}:1.0");
        Directory.CreateSymbolicLink(Path.Combine(root.CreateSubdirectory("class").FullName, node), $"../devices/{bus}/{bus}:1.0/usbmisc/{node}");
    }

    private Task<ByteLink> OpenAsync(string link)
    {
        Assert.True(ByteLinkAddress.TryParse(link, out var address, out var message), message);
        return address.OpenAsync(_time, default);
    }

    private static async Task<byte[]> ReadExactlyAsync(ByteLink link, int count)
    {
        var buffer = new byte[count];
        for (var read = 0; read < count;) read += await link.ReadAsync(buffer.AsMemory(read), Timeout.InfiniteTimeSpan, default).WaitAsync(Watchdog);
        return buffer;
    }

    private static async Task<int> Number(Task task)
    {
        await task;
        return 0;
    }
}
