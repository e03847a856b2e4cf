namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>Two hexadecimal digits; 00 is every sign on the line.</summary>
internal readonly record struct SignAddress(string Digits)
{
    public static SignAddress All => new("00");

    public override string ToString() => Digits;
}

internal enum SignFlash
{
    /// <summary>The number and nothing, in turn: every sign can.</summary>
    Host,

    /// <summary>The sign is told to blink the characters: not all models do.</summary>
    Sign,

    /// <summary>A fresh call does not blink.</summary>
    None,
}

/// <param name="Type">Which kind of sign is meant; <c>Z</c> is every kind.</param>
/// <param name="Places">Characters that find room side by side.</param>
/// <param name="Gap">Quiet time between two frames.</param>
/// <param name="Settle">The sign is deaf so long after its memory was cleared, and again after it was laid out.</param>
/// <param name="SetUpEvery">Its memory is laid out anew so often, which blanks it for a moment; zero for only when the device is opened.</param>
internal sealed record AlphaSignOptions(
    IReadOnlyList<(int Panel, SignAddress Address)> Panels, char Type, int Places, bool Checksum, SignFlash Flash, TimeSpan Gap, TimeSpan Settle,
    TimeSpan Refresh, TimeSpan SetUpEvery)
{
    private static readonly Dictionary<string, SignFlash> Flashes = new() { ["host"] = SignFlash.Host, ["sign"] = SignFlash.Sign, ["none"] = SignFlash.None };

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static AlphaSignOptions Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (AlphaSignOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>(PanelLine.Check(settings));
        var options = new OptionReader(settings.Options, "options", mistakes);
        var flash = options.Has("flash") ? options.OneOf("flash", Flashes.Keys) : null;
        var read = new AlphaSignOptions(
            PanelList.Addressed(options, mistakes, (panel, _) => AddressOf(panel)),
            TypeOf(options),
            options.Number("places", 6, 1, AlphaSignProtocol.StringCharacters),
            options.Flag("checksum", true),
            flash is null ? SignFlash.Host : Flashes[flash],
            options.Milliseconds("gapMs", 50, 0, 2000),
            options.Milliseconds("settleMs", 2000, 0, 10_000),
            TimeSpan.FromSeconds(options.Number("refreshSeconds", 5, 1, 60)),
            TimeSpan.FromSeconds(options.Number("setUpSeconds", 3600, 0, 86_400)));
        if (options.Has("brightness")) options.Refuse("brightness", "these signs dim by themselves or not at all; leave it out");
        if (read.Panels.Count > 1 && read.Panels.Any(panel => panel.Address == SignAddress.All))
            options.Refuse("panels", "with several signs on a line each needs an address of its own, \"01\" to \"FF\"");
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static SignAddress? AddressOf(OptionReader panel)
    {
        if (!panel.Has("address")) return SignAddress.All;
        if (panel.Text("address") is { Length: 2 } digits && digits.All(char.IsAsciiHexDigit)) return new(digits.ToUpperInvariant());
        panel.Refuse("address", "must be two hexadecimal digits as the sign has them, \"01\" to \"FF\", or \"00\" for a lone sign");
        return null;
    }

    private static char TypeOf(OptionReader options)
    {
        if (!options.Has("type")) return AlphaSignProtocol.EveryType;
        if (options.Text("type") is [var type] && type is > ' ' and <= '~') return type;
        options.Refuse("type", "must be one character: \"Z\" for every sign, \"^\" for BetaBrite");
        return AlphaSignProtocol.EveryType;
    }
}
