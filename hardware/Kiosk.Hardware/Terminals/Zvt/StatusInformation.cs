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

/// <summary>BMP 60 of an end of day: receipts from and to, then count and total for each kind of card (PA00P015, 06 50).</summary>
internal sealed record BatchTotals(int FirstReceipt, int LastReceipt, IReadOnlyList<CardTotalsLine> Lines)
{
    /// <summary>In the order of the manual.</summary>
    public static IReadOnlyList<string> Cards { get; } = ["girocard", "JCB", "Mastercard", "American Express", "Visa", "Diners", "others"];

    private const int Receipts = 4, Line = 7;

    /// <returns>Null where it is malformed.</returns>
    public static BatchTotals? Read(ReadOnlySpan<byte> value)
    {
        if (value.Length < Receipts || (value.Length - Receipts) % Line != 0 || (value.Length - Receipts) / Line > Cards.Count) return null;
        if (Bcd.Read(value[..2]) is not { } first || Bcd.Read(value[2..Receipts]) is not { } last) return null;
        var lines = new List<CardTotalsLine>();
        for (var place = Receipts; place < value.Length; place += Line)
        {
            if (Bcd.Read(value[(place + 1)..(place + Line)]) is not { } minor) return null;
            lines.Add(new CardTotalsLine(Cards[lines.Count], value[place], minor));
        }

        return new BatchTotals((int)first, (int)last, lines);
    }

    public byte[] Write() =>
        [.. Bcd.Write(FirstReceipt, 2), .. Bcd.Write(LastReceipt, 2), .. Lines.SelectMany(line => (byte[])[(byte)line.Count, .. Bcd.Write(line.Minor, 6)])];
}
