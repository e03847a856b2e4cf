namespace Kiosk.Domain.Hall;

/// <summary>Facts, kept for ever. The time stands beside them in the journal. Members may be added, never renamed or removed.</summary>
public abstract record HallEvent
{
    private HallEvent() { }

    public sealed record DayOpened(DateOnly Day) : HallEvent;

    public sealed record DayClosing(DateOnly Day) : HallEvent;

    public sealed record DayClosed(DateOnly Day) : HallEvent;

    /// <param name="Ahead">People in line for the service at that moment.</param>
    public sealed record TicketIssued(TicketId Ticket, TicketNumber Number, ServiceId Service, string Language, int Ahead) : HallEvent;

    public sealed record TicketCalled(TicketId Ticket, TicketNumber Number, ServiceId Service, CounterId Counter) : HallEvent;

    /// <param name="Calls">2 for the first recall.</param>
    public sealed record TicketRecalled(TicketId Ticket, TicketNumber Number, CounterId Counter, int Calls) : HallEvent;

    public sealed record ServiceBegun(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record ServiceFinished(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record TicketNoShow(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record TicketHeld(TicketId Ticket, TicketNumber Number, CounterId Counter) : HallEvent;

    public sealed record TicketResumed(TicketId Ticket, TicketNumber Number) : HallEvent;

    /// <param name="Counter">The only counter that may call it, or null for any.</param>
    public sealed record TicketTransferred(TicketId Ticket, TicketNumber Number, ServiceId From, ServiceId To, CounterId? Counter) : HallEvent;

    public sealed record TicketCancelled(TicketId Ticket, TicketNumber Number) : HallEvent;

    public sealed record TicketAbandoned(TicketId Ticket, TicketNumber Number) : HallEvent;

    public sealed record CounterOpened(CounterId Counter) : HallEvent;

    public sealed record CounterPaused(CounterId Counter) : HallEvent;

    public sealed record CounterResumed(CounterId Counter) : HallEvent;

    public sealed record CounterClosed(CounterId Counter) : HallEvent;

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
