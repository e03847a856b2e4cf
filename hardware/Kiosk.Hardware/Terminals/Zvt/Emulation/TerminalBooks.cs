namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

internal enum ReceiptState
{
    /// <summary>Authorised, and waiting for the host's answer.</summary>
    Held,
    Booked,
    Reversed,
}

/// <param name="Last4">Of the card.</param>
internal sealed record EmulatedCard(string Name, int Last4, CardResult Result);

internal enum CardResult
{
    Ok,
    Declined,

    /// <summary>Authorised for more than was asked, as with a tip.</summary>
    OtherAmount,
}

/// <summary>A payment that the terminal has charged, or taken back.</summary>
internal sealed record BookedReceipt(int Number, int Trace, long Minor, EmulatedCard Card)
{
    public ReceiptState State { get; set; }

    /// <summary>Of a batch that was closed.</summary>
    public bool Closed { get; set; }
}

/// <summary>What the last status information says: of a payment, or of the reversal of one.</summary>
/// <param name="Number">The receipt's own number: a reversal has one too.</param>
internal sealed record LastStatus(int Number, int Trace, BookedReceipt Payment, bool IsReversal);

/// <summary>What really was charged: kept when the power goes.</summary>
internal sealed class TerminalBooks
{
    private const int LastNumber = 9999;

    private readonly List<BookedReceipt> _receipts = [];
    private int _number, _trace = 1000;

    public IReadOnlyList<BookedReceipt> Receipts => _receipts;

    public LastStatus? Last { get; private set; }

    public BookedReceipt? Held => _receipts.Find(receipt => receipt.State == ReceiptState.Held);

    public LastStatus Hold(long minor, EmulatedCard card)
    {
        var receipt = new BookedReceipt(NextNumber(), ++_trace, minor, card);
        _receipts.Add(receipt);
        return Last = new LastStatus(receipt.Number, receipt.Trace, receipt, IsReversal: false);
    }

    public void Book()
    {
        if (Held is { } held) held.State = ReceiptState.Booked;
    }

    /// <summary>The host did not commit in time, or said that it must not stand: a payment with result 6C, without a receipt of its own.</summary>
    public void TakeBackHeld()
    {
        if (Held is { } held) held.State = ReceiptState.Reversed;
    }

    /// <summary>06 30.</summary>
    /// <returns>Its status, or the code with which it is refused.</returns>
    public (LastStatus? Status, byte Code) Reverse(int number)
    {
        var found = _receipts.FindLast(receipt => receipt.Number == number && !receipt.Closed);
        if (found is null) return (null, 0xB5);
        if (found.State == ReceiptState.Reversed) return (null, ZvtResult.AlreadyReversed);
        found.State = ReceiptState.Reversed;
        return (Last = new LastStatus(NextNumber(), ++_trace, found, IsReversal: true), ZvtResult.Done);
    }

    public BatchTotals Totals()
    {
        var open = _receipts.Where(receipt => receipt is { State: ReceiptState.Booked, Closed: false }).ToList();
        var lines = BatchTotals.Cards.Select(name => (Name: name, Of: open.Where(receipt => LineOf(receipt.Card.Name) == name).ToList()))
            .Select(line => new CardTotalsLine(line.Name, line.Of.Count, line.Of.Sum(receipt => receipt.Minor)));
        return new BatchTotals(open is [] ? 0 : open[0].Number, open is [] ? 0 : open[^1].Number, [.. lines]);
    }

    public void CloseBatch() => _receipts.ForEach(receipt => receipt.Closed = true);

    /// <summary>The memory of the last status is lost, the money is not.</summary>
    public void ForgetLast() => Last = null;

    private static string LineOf(string card) => BatchTotals.Cards.Contains(card) ? card : BatchTotals.Cards[^1];

    private int NextNumber() => _number = (_number % LastNumber) + 1;
}
