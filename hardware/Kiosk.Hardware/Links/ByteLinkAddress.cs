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

    /// <summary><c>serial:///dev/ttyUSB0?baud=9600&amp;framing=8N1&amp;flow=none</c></summary>
    public sealed record Serial(string Path, int Baud, int DataBits, char Parity, int StopBits, bool HardwareFlow) : ByteLinkAddress
    {
        public override string ToString() => $"serial://{Path}?baud={Baud}&framing={DataBits}{Parity}{StopBits}{(HardwareFlow ? "&flow=rtscts" : "")}";
    }

    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public async Task<ByteLink> OpenAsync(TimeProvider time, CancellationToken cancel) => this switch
    {
        Tcp tcp => await TcpLink.ConnectAsync(tcp.Host, tcp.Port, ConnectPatience, time, cancel).ConfigureAwait(false),
        UsbNode usb => UsbPrinterPort.Open(usb.Path, usb.ToString(), time),
        UsbId usb => UsbPrinterPort.Open(UsbPrinterPort.Find(usb.Vendor, usb.Product, usb.SerialNumber), usb.ToString(), time),
        Serial port => SerialPort.Open(port, time),
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
                + "serial:///dev/ttyUSB0?baud=9600&framing=8N1, emulated:"),
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

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var ids = (slash < 0 ? rest : rest[..slash]).Split(':');
        var serial = slash < 0 || slash == rest.Length - 1 ? null : rest[(slash + 1)..];
        return ids.Length == 2 && ids.All(id => id.Length == 4 && id.All(char.IsAsciiHexDigit))
#pragma warning disable CA1308 // sysfs writes them in lower case
            ? (new UsbId(ids[0].ToLowerInvariant(), ids[1].ToLowerInvariant(), serial), null)
#pragma warning restore CA1308
            : (null, $"\"{text}\" names no USB printer; allowed: usb:///dev/usb/lp0, "
                + "or usb://vendor:product/serial with four hexadecimal digits each, as usb://04b8:0e15");
    }

    private static (ByteLinkAddress?, string?) ParseSerial(string text, string rest)
    {
        var parts = rest.Split('?', 2);
        if (!parts[0].StartsWith("/dev/", StringComparison.Ordinal))
            return (null, $"\"{text}\" names no port; allowed: serial:///dev/NAME?baud=9600&framing=8N1");

        var port = new Serial(parts[0], 9600, 8, 'N', 1, false);
        foreach (var pair in parts.Length == 1 ? [] : parts[1].Split('&'))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, v) : (pair, "");
            switch (name)
            {
                case "baud" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var baud) && SerialPort.Speeds.ContainsKey(baud):
                    port = port with { Baud = baud };
                    break;
                case "baud":
                    return (null, $"\"{text}\": baud \"{value}\" is not known; allowed: {string.Join(", ", SerialPort.Speeds.Keys)}");
                case "framing" when value is [('7' or '8') and var bits, ('N' or 'E' or 'O') and var parity, ('1' or '2') and var stop]:
                    port = port with { DataBits = bits - '0', Parity = parity, StopBits = stop - '0' };
                    break;
                case "framing":
                    return (null, $"\"{text}\": framing \"{value}\" is not known; allowed: data bits 7 or 8, parity N, E or O, stop bits 1 or 2, as 8N1");
                case "flow" when value is "none" or "rtscts":
                    port = port with { HardwareFlow = value == "rtscts" };
                    break;
                case "flow":
                    return (null, $"\"{text}\": flow \"{value}\" is not known; allowed: none, rtscts");
                default:
                    return (null, $"\"{text}\": unknown setting \"{name}\"; allowed: baud, framing, flow");
            }
        }

        return (port, null);
    }
}
