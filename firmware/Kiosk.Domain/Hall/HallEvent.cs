using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Hall;

/// <summary>Facts, kept for ever. The time stands beside them in the journal. Members may be added, never renamed or removed.</summary>
public abstract partial record HallEvent
{
    private HallEvent() { }

    public sealed record DayOpened(DateOnly Day) : HallEvent;

    public sealed record DayClosing(DateOnly Day) : HallEvent;

    public sealed record DayClosed(DateOnly Day) : HallEvent;

    /// <param name="Ahead">People in line for the service at that moment.</param>
    /// <param name="Class">Null: no priority.</param>
    /// <param name="StandsAt">Where it stands in line, when that is not the time of issue (an appointment that came early).</param>
    /// <param name="Then">Services that follow on the same ticket.</param>
    /// <param name="Appointment">Id of the appointment that was checked in.</param>
    /// <param name="Promise">What the customer was told about the wait; null: nothing.</param>
    public sealed record TicketIssued(
        TicketId Ticket,
        TicketNumber Number,
        ServiceId Service,
        string Language,
        int Ahead,
        PriorityClass? Class = null,
        DateTimeOffset? StandsAt = null,
        IReadOnlyList<ServiceId>? Then = null,
        string? Appointment = null,
        WaitPromise? Promise = null) : HallEvent;

    /// <param name="Why">Null in journals of before the reasons were kept.</param>
    public sealed record TicketCalled(TicketId Ticket, TicketNumber Number, ServiceId Service, CounterId Counter, CallReason? Why = null) : HallEvent;

    /// <param name="Calls">2 for the first recall.</param>
    public sealed record TicketRecalled(TicketId Ticket, TicketNumber Number, CounterId Counter, int Calls) : HallEvent;

    public sealed record ServiceBegun(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record ServiceFinished(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record TicketNoShow(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    /// <param name="Until">When the clock puts it back in line; null: somebody does.</param>
    public sealed record TicketHeld(TicketId Ticket, TicketNumber Number, CounterId Counter, DateTimeOffset? Until = null) : HallEvent;

    /// <param name="StandsAt">Its place from now on: near the front, behind the few that the hall's rules put before a no-show. Null: where it stood.</param>
    public sealed record TicketResumed(TicketId Ticket, TicketNumber Number, DateTimeOffset? StandsAt = null) : HallEvent;

    /// <param name="Counter">The only counter that may call it, or null for any.</param>
    /// <param name="ReturnTo">The counter to which it comes back when the other service is finished; null: it does not.</param>
    public sealed record TicketTransferred(TicketId Ticket, TicketNumber Number, ServiceId From, ServiceId To, CounterId? Counter, CounterId? ReturnTo = null) : HallEvent;

    /// <summary>One service is finished and the next one on the same ticket waits: it stands in line again.</summary>
    /// <param name="Counter">The only counter that may call it: it comes back from a transfer.</param>
    public sealed record TicketContinued(TicketId Ticket, TicketNumber Number, ServiceId From, ServiceId To, CounterId? Counter = null) : HallEvent;

    /// <param name="From">Null: none.</param>
    public sealed record TicketPrioritised(TicketId Ticket, TicketNumber Number, PriorityClass? From, PriorityClass? To) : HallEvent;

    public sealed record TicketCancelled(TicketId Ticket, TicketNumber Number) : HallEvent;

    public sealed record TicketAbandoned(TicketId Ticket, TicketNumber Number) : HallEvent;

    public sealed record CounterOpened(CounterId Counter) : HallEvent;

    public sealed record CounterPaused(CounterId Counter) : HallEvent;

    public sealed record CounterResumed(CounterId Counter) : HallEvent;

    public sealed record CounterClosed(CounterId Counter) : HallEvent;

    /// <summary>A clerk signed in at the counter: its hardware keys act for them.</summary>
    public sealed record CounterStaffed(CounterId Counter, string Clerk) : HallEvent;

    public sealed record CounterLeft(CounterId Counter, string Clerk) : HallEvent;

    public sealed record SlipQueued(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    public sealed record SlipSending(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    public sealed record SlipRequeued(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    /// <param name="Fault">As the device names it: <c>OutOfPaper</c>.</param>
    public sealed record SlipHalted(TicketId Ticket, TicketNumber Number, int Copy, string Fault) : HallEvent;

    public sealed record SlipPrinted(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    public sealed record SlipPresumed(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    public sealed record SlipInDoubt(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;

    public sealed record SlipReplaced(TicketId Ticket, TicketNumber Number, int Copy) : HallEvent;
}
