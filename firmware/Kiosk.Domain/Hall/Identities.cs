namespace Kiosk.Domain.Hall;

/// <param name="Value"><c>a-z 0-9 -</c>, 1 to 40 signs.</param>
public readonly record struct ServiceId(string Value)
{
    public override string ToString() => Value;
}

/// <param name="Value">Number of the counter, 1 to 99.</param>
public readonly record struct CounterId(int Value) : IComparable<CounterId>
{
    public int CompareTo(CounterId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Names one ticket for ever and cannot be guessed: it stands in the address that the customer's phone opens.</summary>
/// <param name="Value">12 signs of Crockford's base 32 in lower case (60 random bits).</param>
public readonly record struct TicketId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>What customer and clerk say: <c>A012</c>. Unique per business day.</summary>
public readonly record struct TicketNumber(char Letter, int Serial)
{
    public override string ToString() => $"{Letter}{Serial:000}";
}

/// <summary>One piece of paper for a ticket. Copy 0 is the original, 1 and up are marked COPY.</summary>
public readonly record struct SlipId(TicketId Ticket, int Copy)
{
    public override string ToString() => $"{Ticket}/{Copy}";
}
