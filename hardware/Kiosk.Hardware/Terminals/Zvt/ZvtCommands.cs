using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>The commands of the host, ready to send (PA00P015, chapter 2).</summary>
/// <param name="password">Six digits.</param>
internal sealed class ZvtCommands(ZvtOptions options, string password)
{
    /// <summary>BMP 01: how long the terminal waits for each answer, and BMP 02: how often it repeats the status, every two seconds, before it takes the payment
    /// back. Together well above the 20 s that a payment may be held.</summary>
    public const byte AnswerSeconds = 30, MostRepeats = 15;

    /// <summary>So many times the host may say "not yet" before it has to come to an end.</summary>
    public const int RepeatsBeforeHurry = 12;

    private readonly byte[] _password = Convert.FromHexString(password);

    /// <summary>06 00: with tag 26 the host says that it takes blocks of receipt lines (06 D3).</summary>
    public Apdu Register => options.Receipts == ZvtReceipts.Host
        ? Apdu.Of(ZvtProtocol.Register, [.. Registration, BmpTlv, 6, TagCommands, 4, TagCommand, 2, PrintBlock >> 8, PrintBlock & 0xFF])
        : Apdu.Of(ZvtProtocol.Register, Registration);

    public Apdu Query => Apdu.Of(RepeatReceipt, [.. _password, BmpService, LastStatusOnly]);

    public Apdu EndOfDay => Apdu.Of(ZvtProtocol.EndOfDay, _password);

    public static Apdu Enquire { get; } = Apdu.Of(StatusEnquiry);

    public static Apdu Diagnose { get; } = Apdu.Of(ZvtProtocol.Diagnose);

    public static Apdu LogOff { get; } = Apdu.Of(ZvtProtocol.LogOff);

    public static Apdu Abort { get; } = Apdu.Of(AbortByHost);

    private byte[] Registration => [.. _password, options.ConfigByte, .. Bcd.Write(options.CurrencyNumber, 2)];

    public Apdu Authorise(CardAmount amount) => Apdu.Of(
        ZvtProtocol.Authorise,
        [BmpAmount, .. Bcd.Write(amount.Minor, 6), BmpCurrency, .. Bcd.Write(options.CurrencyNumber, 2), BmpTimeout, AnswerSeconds, BmpMostStatuses, MostRepeats]);

    public Apdu Reverse(int receipt) => Apdu.Of(ZvtProtocol.Reverse, [.. _password, BmpReceipt, .. Bcd.Write(receipt, 2)]);
}
