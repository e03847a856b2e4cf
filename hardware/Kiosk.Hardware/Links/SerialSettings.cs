using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kiosk.Hardware.Links;

/// <summary>Who tells whom to wait on a serial line.</summary>
public enum SerialFlow
{
    None,

    /// <summary>By the wires RTS and CTS.</summary>
    RtsCts,

    /// <summary>By the bytes 11h and 13h: for text only, as pictures contain them.</summary>
    XonXoff,
}

/// <summary>What both ends of a serial line have to agree on. Written as the query of a link: <c>baud=9600&amp;framing=8N1</c>.</summary>
/// <param name="Parity">N, E or O.</param>
/// <param name="LowLatency">Asks the port's driver to hand over each byte at once: USB adapters otherwise gather for up to 16 ms. Without effect where the driver cannot.</param>
public sealed record SerialSettings(int Baud, int DataBits, char Parity, int StopBits, SerialFlow Flow, bool LowLatency)
{
    public const string Known = "baud, framing, flow, lowLatency";

    private static readonly Dictionary<string, SerialFlow> FlowWords = new()
    {
        ["none"] = SerialFlow.None, ["rtscts"] = SerialFlow.RtsCts, ["xonxoff"] = SerialFlow.XonXoff,
    };

    public static SerialSettings Default { get; } = new(9600, 8, 'N', 1, SerialFlow.None, LowLatency: false);

    public override string ToString() => $"baud={Baud}&framing={DataBits}{Parity}{StopBits}"
        + (Flow == SerialFlow.None ? "" : $"&flow={FlowWords.First(pair => pair.Value == Flow).Key}")
        + (LowLatency ? "&lowLatency=1" : "");

    /// <param name="query">As <c>baud=9600&amp;framing=8N1</c>; empty for the defaults.</param>
    /// <param name="settings">The defaults with the query over them.</param>
    /// <param name="mistake">What is wrong and what is allowed; null if all is well.</param>
    public static bool TryParse(string query, out SerialSettings settings, [NotNullWhen(false)] out string? mistake)
    {
        (settings, mistake) = (Default, null);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, v) : (pair, "");
            (settings, mistake) = (name, value) switch
            {
                ("baud", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var baud) && SerialPort.Speeds.ContainsKey(baud) =>
                    (settings with { Baud = baud }, null),
                ("baud", _) => (settings, $"baud \"{value}\" is not known; allowed: {string.Join(", ", SerialPort.Speeds.Keys)}"),
                ("framing", [('7' or '8') and var bits, ('N' or 'E' or 'O') and var parity, ('1' or '2') and var stop]) =>
                    (settings with { DataBits = bits - '0', Parity = parity, StopBits = stop - '0' }, null),
                ("framing", _) => (settings, $"framing \"{value}\" is not known; allowed: data bits 7 or 8, parity N, E or O, stop bits 1 or 2, as 8N1"),
                ("flow", _) when FlowWords.TryGetValue(value, out var flow) => (settings with { Flow = flow }, null),
                ("flow", _) => (settings, $"flow \"{value}\" is not known; allowed: {string.Join(", ", FlowWords.Keys)}"),
                ("lowLatency", "0" or "1") => (settings with { LowLatency = value == "1" }, (string?)null),
                ("lowLatency", _) => (settings, $"lowLatency \"{value}\" is not known; allowed: 0, 1"),
                _ => (settings, $"unknown setting \"{name}\"; allowed: {Known}"),
            };
            if (mistake is not null) return false;
        }

        return true;
    }
}
