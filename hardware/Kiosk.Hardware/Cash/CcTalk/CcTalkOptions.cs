using System.Text.Json;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <param name="Notes">Else coins.</param>
/// <param name="Crc">CRC-16 instead of the simple sum.</param>
/// <param name="Echo">A single wire: what is sent comes back.</param>
/// <param name="Country">First two letters of the device's ids.</param>
/// <param name="Decimals">Of the currency: 2 where the smallest unit is a hundredth.</param>
/// <param name="Poll">Between two questions for events; the devices inhibit themselves after a second without.</param>
/// <param name="Reply">Until an answer must be there.</param>
/// <param name="Stack">Until a stacked or returned note must have arrived.</param>
/// <param name="AcceptCounter">Ask the device how many items it ever took, to notice what its events have lost.</param>
/// <param name="Channels">Value of each channel instead of what the device says; empty: as the device says.</param>
internal sealed record CcTalkOptions(
    bool Notes, byte Address, bool Crc, bool Echo, string Currency, string Country, int Decimals, TimeSpan Poll, TimeSpan Reply, TimeSpan Stack, bool AcceptCounter,
    IReadOnlyDictionary<int, long> Channels)
{
    private static readonly string[] Checksums = ["simple", "crc16"], Counters = ["auto", "off"];

    public static IReadOnlyList<string> Schemes { get; } = ["serial", "tcp"];

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static CcTalkOptions Of(DeviceSettings settings, bool notes)
    {
        var (options, mistakes) = Read(settings, notes);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (CcTalkOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings, bool notes)
    {
        var mistakes = new List<SettingMistake>(CheckLink(settings));
        var options = new OptionReader(settings.Options, "options", mistakes);
        var currency = Letters(options, "currency", 3) ?? "CNY";
        var read = new CcTalkOptions(
            notes,
            (byte)options.Number("address", notes ? CcTalkProtocol.NotesAddress : CcTalkProtocol.CoinsAddress, 2, 255),
            options.Has("checksum") && options.OneOf("checksum", Checksums) == "crc16",
            options.Flag("echo", false),
            currency,
            Letters(options, "country", 2) ?? currency[..2],
            options.Number("decimals", 2, 0, 4),
            options.Milliseconds("pollMs", 200, 50, 900),
            options.Milliseconds("replyMs", 300, 50, 2000),
            TimeSpan.FromSeconds(options.Number("stackSeconds", 15, 5, 120)),
            !options.Has("acceptCounter") || options.OneOf("acceptCounter", Counters) == "auto",
            ChannelsOf(options, mistakes));
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static IEnumerable<SettingMistake> CheckLink(DeviceSettings settings)
    {
        if (settings.Emulated) yield break;
        if (!ByteLinkAddress.TryParse(settings.Link, out var address, out var message)) yield return new("link", message);
        else if (address is ByteLinkAddress.UsbNode or ByteLinkAddress.UsbId)
            yield return new("link", $"\"{settings.Link}\" is a printer's link; allowed: serial:///dev/ttyUSB0?baud=9600, serial://usb/vendor:product/serial?baud=9600, tcp://host:port, emulated:");
    }

    private static string? Letters(OptionReader options, string name, int length)
    {
        if (!options.Has(name)) return null;
        if (options.Text(name) is { } text && text.Length == length && text.All(char.IsAsciiLetterUpper)) return text;
        options.Refuse(name, $"must be {length} capital letters, as \"{"CNY"[..length]}\"");
        return null;
    }

    private static Dictionary<int, long> ChannelsOf(OptionReader options, List<SettingMistake> mistakes)
    {
        var channels = new Dictionary<int, long>();
        if (!options.Has("channels")) return channels;
        foreach (var (element, index) in options.Elements("channels").Select((element, index) => (element, index)))
        {
            var entry = new OptionReader(element, $"options.channels[{index}]", mistakes);
            var (channel, minor) = (entry.RequiredNumber("channel", 1, CcTalkProtocol.Types), entry.RequiredNumber("minor", 1, int.MaxValue));
            if (channel is { } number && minor is { } value && !channels.TryAdd(number, value)) entry.Refuse("channel", $"{number} is there twice");

            entry.RefuseOthers();
        }

        return channels;
    }
}
