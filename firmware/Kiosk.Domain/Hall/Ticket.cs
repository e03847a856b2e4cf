using Kiosk.Domain.Waiting;
using Kiosk.Domain.Waiting.Prediction;

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

    public PriorityClass? Class { get; init; }

    /// <summary>Since when it counts as standing in line: the issue time, unless the rules gave it another place.</summary>
    public DateTimeOffset StandsSince { get; init; } = IssuedAt;

    /// <summary>Services that follow on this ticket.</summary>
    public IReadOnlyList<ServiceId> Then { get; init; } = [];

    public string? Appointment { get; init; }

    /// <summary>What its customer was told about the wait; null: nothing.</summary>
    public WaitPromise? Promise { get; init; }

    /// <summary>What was foretold of its wait, told or not, to learn from when it is called; null once it no longer waits as a newcomer does.</summary>
    public WaitEstimate? Told { get; init; }

    /// <summary>Where it goes back to when the service it was sent to is finished.</summary>
    public (ServiceId Service, CounterId Counter)? Return { get; init; }

    /// <summary>When the clock puts a held ticket back in line; null: somebody does.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How many calls its service had made when it was marked no-show.</summary>
    public int CallsWhenMissed { get; init; }

    /// <summary>Why it was called the last time.</summary>
    public CallReason? Why { get; init; }

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

    public Place Place => new(StandsSince, Order, Id);
}
