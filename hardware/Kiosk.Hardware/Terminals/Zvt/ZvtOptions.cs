using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Terminals.Zvt;

internal enum ZvtReceipts
{
    /// <summary>The terminal prints them, or nobody does.</summary>
    Terminal,

    /// <summary>The terminal sends their lines, and a payment is committed only when each was answered.</summary>
    Host,
}

/// <param name="Password">Six digits, or null where they are in <paramref name="PasswordFile"/>. Never logged.</param>
/// <param name="T4">Without a sign of life from the terminal for so long an operation is given up.</param>
/// <param name="ConfigByte">Of the registration (PA00P015, 06 00).</param>
internal sealed record ZvtOptions(string? Password, string? PasswordFile, string Currency, TimeSpan T4, byte ConfigByte, ZvtReceipts Receipts)
{
    /// <summary>To the acknowledgement of a command (PA00P016, chapter "Time-outs").</summary>
    public static TimeSpan T3 { get; } = TimeSpan.FromSeconds(5);

    /// <summary>What emulated terminals and most new ones have.</summary>
    public const string FactoryPassword = "000000";

    private const int Digits = 6;

    /// <summary>Host controls payment and administration and wants intermediate status; receipts are the terminal's own.</summary>
    private const byte TerminalPrints = 0x38;

    /// <summary>The same, and both kinds of receipts come as lines.</summary>
    private const byte HostPrints = 0xBE;

    private static readonly Dictionary<string, ZvtReceipts> ReceiptWords = new() { ["terminal"] = ZvtReceipts.Terminal, ["host"] = ZvtReceipts.Host };

    public int CurrencyNumber => CurrencyCode.NumberOf(Currency);

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static ZvtOptions Of(DeviceSettings settings)
    {
        // Where the link leads to is not asked here: a cable to an emulator is no emulated link.
        var (options, mistakes) = ReadOptions(settings with { Link = "emulated:" });
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static IReadOnlyList<SettingMistake> Check(DeviceSettings settings)
    {
        var (_, mistakes) = ReadOptions(settings);
        if (settings.Emulated) return mistakes;
        if (!ByteLinkAddress.TryParse(settings.Link, out var address, out var message)) return [new("link", message), .. mistakes];
        return address is ByteLinkAddress.UsbNode or ByteLinkAddress.UsbId
            ? [new("link", $"\"{settings.Link}\" is a printer's link; allowed: tcp://host:20007, serial:///dev/NAME?baud=9600&framing=8N2, serial://usb/vendor:product/serial?baud=9600&framing=8N2, emulated:"), .. mistakes]
            : mistakes;
    }

    /// <summary>Reads the password where it is.</summary>
    /// <exception cref="DeviceLostException">The file cannot be read, or holds something else.</exception>
    public string ReadPassword()
    {
        if (Password is not null) return Password;
        if (PasswordFile is null) return FactoryPassword;
        string text;
        try
        {
            text = File.ReadAllText(PasswordFile).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeviceLostException(DeviceFault.AccessDenied, $"the terminal's password cannot be read: {failure.Message}", failure);
        }

        return IsPassword(text) ? text : throw new DeviceLostException(DeviceFault.NotRegistered, $"{PasswordFile} must hold six digits and nothing else");
    }

    private static (ZvtOptions Options, IReadOnlyList<SettingMistake> Mistakes) ReadOptions(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>();
        var options = new OptionReader(settings.Options, "options", mistakes);
        var (password, file) = ReadPasswords(options, settings.Emulated);
        var receipts = options.Has("receipts") && options.OneOf("receipts", ReceiptWords.Keys) is { } word ? ReceiptWords[word] : ZvtReceipts.Terminal;
        var currency = options.Has("currency") ? options.OneOf("currency", CurrencyCode.All) : null;
        var read = new ZvtOptions(
            password, file, currency ?? "EUR", TimeSpan.FromSeconds(options.Number("t4Seconds", 180, 30, 600)),
            (byte)options.Number("configByte", receipts == ZvtReceipts.Host ? HostPrints : TerminalPrints, 0, 255), receipts);
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static (string? Password, string? File) ReadPasswords(OptionReader options, bool emulated)
    {
        var (password, file) = (options.Text("password"), options.Text("passwordFile"));
        if (options.Has("password") && !emulated) options.Refuse("password", "only for an emulated terminal; give \"passwordFile\", which only the appliance may read");
        else if (options.Has("password") && (password is null || !IsPassword(password))) options.Refuse("password", "must be six digits");
        if (options.Has("passwordFile") && file is not ['/', ..]) options.Refuse("passwordFile", "must be the absolute path of a file with six digits");
        if (options.Has("password") && options.Has("passwordFile")) options.Refuse("passwordFile", "not together with \"password\"");
        if (!emulated && !options.Has("password") && !options.Has("passwordFile")) options.Refuse("passwordFile", "is missing: the absolute path of a file with six digits");
        return (password, file);
    }

    private static bool IsPassword(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);
}
