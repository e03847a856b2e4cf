using System.Text;
using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>What a terminal tells with 04 0F, and with the completion of 06 00. What it does not tell is null.</summary>
/// <param name="MaskedCard">At most the last four digits.</param>
/// <param name="IsReversal">It is of a reversal, and names the payment that was taken back (BMP 37).</param>
/// <param name="Totals">Of an end of day.</param>
internal sealed record StatusInformation(
    byte? Result, long? Amount, int? Currency, int? Receipt, int? Trace, string? TerminalId, string MaskedCard, string CardName, string Authorisation,
    bool IsReversal, byte? StatusByte, BatchTotals? Totals)
{
    /// <summary>Only this is an authorisation: an amount without a result is none.</summary>
    public bool Approved => Result == ZvtResult.Done;

    /// <returns>Null where the message is malformed.</returns>
    public static StatusInformation? Read(ReadOnlySpan<byte> data)
    {
        if (BmpReader.Read(data) is not { } fields) return null;
        var malformed = false;
        BatchTotals? totals = null;
        if (fields.TryGetValue(BmpTotals, out var batch))
        {
            totals = BatchTotals.Read(batch);
            malformed |= totals is null;
        }

        var read = new StatusInformation(
            Byte(BmpResult), Number(BmpAmount), (int?)Number(BmpCurrency), (int?)Number(BmpReceipt), (int?)Number(BmpTrace),
            Number(BmpTerminalId) is null ? null : Bcd.ReadDigits(fields[BmpTerminalId]), Text(BmpCardNumber), CardNumber.Mask(Text(BmpCardName)),
            CardNumber.Mask(Text(BmpAuthorisation)), fields.ContainsKey(BmpOriginalTrace), Byte(BmpStatusByte), totals);
        return malformed ? null : read;

        byte? Byte(byte id) => fields.TryGetValue(id, out var value) ? value[0] : null;

        long? Number(byte id)
        {
            if (!fields.TryGetValue(id, out var value)) return null;
            var number = Bcd.Read(value);
            malformed |= number is null;
            return number;
        }

        // Names end with a zero; what is no letter of ASCII came from a terminal of another code page.
        string Text(byte id) => fields.TryGetValue(id, out var value) ? Encoding.UTF8.GetString(value).TrimEnd('\0', ' ') : "";
    }
}
