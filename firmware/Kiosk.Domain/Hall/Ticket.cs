namespace Kiosk.Domain.Hall;

/// <summary>A ticket is in exactly one of these.</summary>
public enum TicketPhase
{
    Waiting,

    /// <summary>Called to a counter, not yet there.</summary>
    Called,

    /// <summary>At the counter.</summary>
    Serving,

    /// <summary>Put aside by the clerk; back in line with <c>resume</c>.</summary>
    Held,
    NoShow,
    Finished,
    Cancelled,

    /// <summary>Still there when the day was closed.</summary>
    Abandoned,
}

/// <param name="Service">The service it waits for now; its number keeps the letter it was issued with.</param>
/// <param name="IssuedAt">Kept through transfers: the time already waited counts.</param>
/// <param name="Order">Place among tickets of the same instant.</param>
/// <param name="Counter">Where it was called to last.</param>
/// <param name="OnlyAt">Transferred to this counter and called nowhere else.</param>
/// <param name="FirstCalledAt">End of the waiting time.</param>
/// <param name="Calls">First call and recalls of the present call.</param>
public sealed record Ticket(
    TicketId Id,
    TicketNumber Number,
    ServiceId Service,
    string Language,
    DateTimeOffset IssuedAt,
    long Order)
{
    public TicketPhase Phase { get; init; } = TicketPhase.Waiting;

    /// <summary>People in line in front when it was issued.</summary>
    public int Ahead { get; init; }

    public CounterId? Counter { get; init; }

    public CounterId? OnlyAt { get; init; }

    public DateTimeOffset? FirstCalledAt { get; init; }

    public DateTimeOffset? CalledAt { get; init; }

    public int Calls { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the last slip; null where none was asked for.</summary>
    public SlipPhase? Slip { get; init; }

    /// <summary>Index of the last slip.</summary>
    public int Copy { get; init; }

    public bool AtCounter => Phase is TicketPhase.Called or TicketPhase.Serving;

    /// <summary>Waiting, at a counter or held: the day cannot end before it does.</summary>
    public bool Live => Phase is TicketPhase.Waiting or TicketPhase.Called or TicketPhase.Serving or TicketPhase.Held;

    internal Place Place => new(IssuedAt, Order, Id);
}

/// <summary>A place in a line: who was issued first is first.</summary>
public readonly record struct Place(DateTimeOffset IssuedAt, long Order, TicketId Ticket) : IComparable<Place>
{
    public int CompareTo(Place other) =>
        IssuedAt.CompareTo(other.IssuedAt) is var byTime and not 0 ? byTime : Order.CompareTo(other.Order);
}
