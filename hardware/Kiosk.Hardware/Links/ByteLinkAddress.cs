using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kiosk.Hardware.Links;

/// <summary>Where a byte link leads, as hall.json writes it.</summary>
public abstract record ByteLinkAddress
{
    private ByteLinkAddress() { }

    public static TimeSpan ConnectPatience { get; } = TimeSpan.FromSeconds(3);

    /// <summary><c>tcp://host:port</c></summary>
    public sealed record Tcp(string Host, int Port) : ByteLinkAddress
    {
        public override string ToString() => $"tcp://{Host}:{Port}";
    }

    /// <summary><c>usb:///dev/usb/lp0</c></summary>
    public sealed record UsbNode(string Path) : ByteLinkAddress
    {
        public override string ToString() => $"usb://{Path}";
    }

    /// <summary><c>usb://04b8:0e15/SERIAL</c>: survives replugging, which may give another node.</summary>
    public sealed record UsbId(string Vendor, string Product, string? SerialNumber) : ByteLinkAddress
    {
        public override string ToString() => SerialNumber is null ? $"usb://{Vendor}:{Product}" : $"usb://{Vendor}:{Product}/{SerialNumber}";
    }

    /// <summary><c>serial:///dev/ttyS1?baud=9600&amp;framing=8N1&amp;flow=none</c></summary>
    public sealed record Serial(string Path, SerialSettings Settings) : ByteLinkAddress
    {
        public override string ToString() => $"serial://{Path}?{Settings}";
    }

    /// <summary><c>serial://usb/067b:2303/SERIAL?baud=9600</c>: a USB adapter, found anew at each opening by what it calls itself.</summary>
    public sealed record UsbSerial(UsbId Adapter, SerialSettings Settings) : ByteLinkAddress
    {
        public override string ToString() => $"serial://usb/{Adapter.ToString()["usb://".Length..]}?{Settings}";
    }

    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public async Task<ByteLink> OpenAsync(TimeProvider time, CancellationToken cancel) => this switch
    {
        Tcp tcp => await TcpLink.ConnectAsync(tcp.Host, tcp.Port, ConnectPatience, time, cancel).ConfigureAwait(false),
        UsbNode usb => UsbPrinterPort.Open(usb.Path, usb.ToString(), time),
        UsbId usb => UsbPrinterPort.Open(UsbPrinterPort.Find(usb), usb.ToString(), time),
        Serial port => SerialPort.Open(port.Path, port.Settings, port.ToString(), time),
        UsbSerial port => SerialPort.Open(UsbSerialPort.Find(port.Adapter), port.Settings, port.ToString(), time),
        _ => throw new UnreachableException(),
    };

    /// <param name="message">What is wrong and what is allowed; null if all is well.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ByteLinkAddress? address, [NotNullWhen(false)] out string? message)
    {
        (address, message) = text switch
        {
            _ when After(text, "tcp://") is { } rest => ParseTcp(text, rest),
            _ when After(text, "usb://") is { } rest => ParseUsb(text, rest),
            _ when After(text, "serial://") is { } rest => ParseSerial(text, rest),
            _ => (null, $"\"{text}\" is not a link of a printer; allowed: tcp://host:port, usb:///dev/usb/lp0, usb://vendor:product/serial, "
                + "serial:///dev/ttyUSB0?baud=9600&framing=8N1, serial://usb/vendor:product/serial?baud=9600, emulated:"),
        };
        return address is not null;
    }

    private static string? After(string text, string scheme) => text.StartsWith(scheme, StringComparison.Ordinal) ? text[scheme.Length..] : null;

    private static (ByteLinkAddress?, string?) ParseTcp(string text, string rest)
    {
        var colon = rest.LastIndexOf(':');
        var host = colon < 0 ? rest : rest[..colon].Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return (null, $"\"{text}\": \"{host}\" is not a host name or address; allowed: tcp://host:port, as tcp://192.168.0.40:9100");
        return colon > 0 && int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? (new Tcp(host, port), null)
            : (null, $"\"{text}\" needs a port from 1 to 65535; allowed: tcp://host:port, as tcp://192.168.0.40:9100");
    }

    private static (ByteLinkAddress?, string?) ParseUsb(string text, string rest)
    {
        if (rest.StartsWith("/dev/", StringComparison.Ordinal)) return (new UsbNode(rest), null);

        return Identity(rest) is { } id
            ? (id, null)
            : (null, $"\"{text}\" names no USB printer; allowed: usb:///dev/usb/lp0, "
                + "or usb://vendor:product/serial with four hexadecimal digits each, as usb://04b8:0e15");
    }

    private static UsbId? Identity(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var ids = (slash < 0 ? text : text[..slash]).Split(':');
        var serial = slash < 0 || slash == text.Length - 1 ? null : text[(slash + 1)..];
#pragma warning disable CA1308 // sysfs writes them in lower case
        return ids.Length == 2 && ids.All(id => id.Length == 4 && id.All(char.IsAsciiHexDigit)) ? new(ids[0].ToLowerInvariant(), ids[1].ToLowerInvariant(), serial) : null;
#pragma warning restore CA1308
    }

    private static (ByteLinkAddress?, string?) ParseSerial(string text, string rest)
    {
        var (place, query) = rest.Split('?', 2) is [var before, var after] ? (before, after) : (rest, "");
        if (!SerialSettings.TryParse(query, out var settings, out var mistake)) return (null, $"\"{text}\": {mistake}");
        if (place.StartsWith("/dev/", StringComparison.Ordinal)) return (new Serial(place, settings), null);
        if (After(place, "usb/") is { } adapter && Identity(adapter) is { } id) return (new UsbSerial(id, settings), null);
        return (null, $"\"{text}\" names no port; allowed: serial:///dev/NAME?baud=9600&framing=8N1, "
            + "or serial://usb/vendor:product/serial?baud=9600 with four hexadecimal digits each, as serial://usb/067b:2303");
    }
}
