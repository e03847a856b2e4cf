using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Links;

public sealed class ByteLinkAddressTests
{
    [Theory]
    [InlineData("tcp://192.168.0.40:9100")]
    [InlineData("tcp://printer.hall.example:9100")]
    [InlineData("usb:///dev/usb/lp0")]
    [InlineData("usb://04b8:0e15")]
    [InlineData("usb://04b8:0e15/X5FA001234")]
    [InlineData("serial:///dev/ttyUSB0?baud=9600&framing=8N1")]
    [InlineData("serial:///dev/ttyS1?baud=115200&framing=7E2&flow=rtscts")]
    [InlineData("serial:///dev/ttyS1?baud=4800&framing=7O1&flow=xonxoff&lowLatency=1")]
    [InlineData("serial://usb/067b:2303?baud=9600&framing=8N1")]
    [InlineData("serial://usb/0403:6001/A50285BI?baud=38400&framing=8N1")]
    public void Address_is_read_and_written_as_in_the_profile(string text)
    {
        Assert.True(ByteLinkAddress.TryParse(text, out var address, out var message), message);
        Assert.Equal(text, address.ToString());
    }

    [Fact]
    public void Serial_port_without_settings_is_9600_8N1() =>
        Assert.Equal("serial:///dev/ttyUSB0?baud=9600&framing=8N1", ByteLinkAddress.TryParse("serial:///dev/ttyUSB0", out var address, out _) ? address.ToString() : "");

    [Theory]
    [InlineData("lpt1", "\"lpt1\" is not a link of a printer; allowed: tcp://host:port, usb:///dev/usb/lp0")]
    [InlineData("tcp://printer", "\"tcp://printer\" needs a port from 1 to 65535; allowed: tcp://host:port")]
    [InlineData("tcp://printer:70000", "needs a port from 1 to 65535")]
    [InlineData("tcp://:9100", "\"\" is not a host name or address")]
    [InlineData("usb://lp0", "\"usb://lp0\" names no USB printer; allowed: usb:///dev/usb/lp0, or usb://vendor:product/serial")]
    [InlineData("serial://ttyUSB0", "names no port; allowed: serial:///dev/NAME?baud=9600&framing=8N1")]
    [InlineData("serial:///dev/ttyUSB0?baud=9601", "baud \"9601\" is not known; allowed: 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400")]
    [InlineData("serial:///dev/ttyUSB0?framing=9N1", "framing \"9N1\" is not known; allowed: data bits 7 or 8, parity N, E or O, stop bits 1 or 2")]
    [InlineData("serial:///dev/ttyUSB0?flow=xon", "flow \"xon\" is not known; allowed: none, rtscts, xonxoff")]
    [InlineData("serial:///dev/ttyUSB0?lowLatency=yes", "lowLatency \"yes\" is not known; allowed: 0, 1")]
    [InlineData("serial://usb/067b", "names no port; allowed: serial:///dev/NAME?baud=9600&framing=8N1, or serial://usb/vendor:product/serial?baud=9600")]
    [InlineData("serial:///dev/ttyUSB0?speed=9600", "unknown setting \"speed\"; allowed: baud, framing, flow, lowLatency")]
    public void Wrong_address_is_refused_with_what_is_allowed(string text, string part)
    {
        Assert.False(ByteLinkAddress.TryParse(text, out _, out var message));
        Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
