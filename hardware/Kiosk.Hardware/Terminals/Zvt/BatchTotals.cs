namespace Kiosk.Hardware.Terminals.Zvt;

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
