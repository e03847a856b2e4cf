using System.Text;
using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <summary>The terminal's messages, as real ones write them.</summary>
internal sealed class StatusWriter(int currency)
{
    public const long TerminalId = 52_500_038;

    /// <summary>With the whole number of the card: some terminals do send it, and it must go no further than the host's parser.</summary>
    public static string CardNumberOf(EmulatedCard card) => $"622848001234{card.Last4:0000}";

    public Apdu Status(LastStatus of, byte result) => Apdu.Of(ZvtProtocol.Status,
    [
        BmpResult, result, BmpAmount, .. Bcd.Write(of.Payment.Minor, 6), BmpCurrency, .. Bcd.Write(currency, 2), BmpTrace, .. Bcd.Write(of.Trace, 3),
        .. of.IsReversal ? (byte[])[BmpOriginalTrace, .. Bcd.Write(of.Payment.Trace, 3)] : [],
        0x0C, 0x12, 0x34, 0x56, 0x0D, 0x11, 0x22, 0x0E, 0x29, 0x12, BmpCardNumber, .. Ll(Convert.FromHexString(CardNumberOf(of.Payment.Card))),
        BmpTerminalId, .. Bcd.Write(TerminalId, 4), BmpReceipt, .. Bcd.Write(of.Number, 2), 0x8A, 0x05,
        BmpCardName, .. Ll([.. Encoding.ASCII.GetBytes(of.Payment.Card.Name), 0]), BmpAuthorisation, .. Encoding.ASCII.GetBytes($"{of.Trace:00000000}"),
    ]);

    public static Apdu Result(byte code) => Apdu.Of(ZvtProtocol.Status, BmpResult, code);

    public Apdu Registered(byte statusByte) => Apdu.Of(
        Completion, [BmpStatusByte, statusByte, BmpTerminalId, .. Bcd.Write(TerminalId, 4), BmpCurrency, .. Bcd.Write(currency, 2)]);

    public static Apdu Totals(BatchTotals totals) => Apdu.Of(
        ZvtProtocol.Status, [BmpResult, 0, BmpAmount, .. Bcd.Write(totals.Lines.Sum(line => line.Minor), 6), BmpTotals, .. Lll(totals.Write())]);

    /// <summary>06 D3 for the customer's receipt, with a card number in it that no host may print.</summary>
    public static Apdu Receipt(LastStatus of)
    {
        string[] lines = ["KARTENZAHLUNG", $"Beleg {of.Number:0000}", $"{of.Payment.Card.Name} {CardNumberOf(of.Payment.Card)}", $"{of.Payment.Minor}"];
        byte[] texts = [.. lines.SelectMany(line => (byte[])[TagLine, (byte)line.Length, .. ReceiptText.Write(line)])];
        byte[] container = [TagReceiptType >> 8, TagReceiptType & 0xFF, 1, 2, TagLines, 0x81, (byte)texts.Length, .. texts];
        return Apdu.Of(PrintBlock, [BmpTlv, 0x81, (byte)container.Length, .. container]);
    }

    private static byte[] Ll(byte[] value) => [(byte)(0xF0 | (value.Length / 10)), (byte)(0xF0 | (value.Length % 10)), .. value];

    private static byte[] Lll(byte[] value) =>
        [(byte)(0xF0 | (value.Length / 100)), (byte)(0xF0 | (value.Length / 10 % 10)), (byte)(0xF0 | (value.Length % 10)), .. value];
}
