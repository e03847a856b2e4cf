using System.Globalization;
using System.Text.Json;

namespace Kiosk.Hardware.Cash.Id003;

/// <param name="Currency">Of the acceptor's notes: ISO 4217.</param>
/// <param name="Decimals">Decimal places of the currency.</param>
/// <param name="Channels">Named by hand, over what the acceptor tells.</param>
/// <param name="Poll">Pause between two status requests.</param>
/// <param name="StackTimeout">From the order to stack until people have to look where the note is.</param>
/// <param name="Emulated">What the emulator knows: no option of a real acceptor, which tells it.</param>
internal sealed record Id003Options(
    string Currency, int Decimals, IReadOnlyList<CashChannel> Channels, TimeSpan Poll, TimeSpan ReplyTimeout, TimeSpan StackTimeout, IReadOnlyList<CashChannel> Emulated)
{
    private const long MostMinor = 1_000_000_000_00;

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static Id003Options Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (Id003Options Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>(CashLink.Check(settings));
        var options = new OptionReader(settings.Options, "options", mistakes);
        var emulated = NoteSets.Of(options, "emulatedNotes");
        var currency = CurrencyOf(options, settings.Emulated ? emulated[0].Currency : "CNY");
        var read = new Id003Options(
            currency,
            options.Number("decimals", 2, 0, 3),
            options.Has("channels") ? [.. ChannelsOf(options, currency)] : [],
            options.Milliseconds("pollMs", 200, 20, 1000),
            options.Milliseconds("replyMs", 1000, 100, 5000),
            TimeSpan.FromSeconds(options.Number("stackSeconds", 30, 5, 120)),
            emulated);
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static string CurrencyOf(OptionReader options, string absent)
    {
        if (!options.Has("currency")) return absent;
        if (options.Text("currency") is { Length: 3 } code && code.All(char.IsAsciiLetterUpper)) return code;
        options.Refuse("currency", "must be three capital letters, as \"CNY\"");
        return absent;
    }

    private static IEnumerable<CashChannel> ChannelsOf(OptionReader options, string currency)
    {
        foreach (var (name, value) in options.Members("channels"))
        {
            var known = byte.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is >= Id003Protocol.FirstDenomination and < Id003Protocol.FirstDenomination + Id003Protocol.MostDenominations;
            if (known && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var minor) && minor is > 0 and <= MostMinor)
                yield return new CashChannel(Id003Currency.NumberOf(code), minor, currency);
            else
                options.Refuse("channels", $"\"{name}\" must be an escrow code from \"61\" to \"70\", with its value in the smallest unit, as {{\"63\": 1000}}");
        }
    }
}
