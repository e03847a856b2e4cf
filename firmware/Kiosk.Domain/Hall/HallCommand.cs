namespace Kiosk.Domain.Hall;

/// <summary>What people, keys and devices ask of the hall.</summary>
public abstract partial record HallCommand
{
    private HallCommand() { }

    /// <param name="Day">The local date at the time of asking.</param>
    public sealed record OpenDay(DateOnly Day) : HallCommand;

    /// <summary>No more tickets; the day closes when the last customer has been served.</summary>
    /// <param name="Force">Close at once: who is left counts as abandoned.</param>
    public sealed record CloseDay(bool Force = false) : HallCommand;

    /// <param name="Id">Drawn by the caller, so that the rules stay pure.</param>
    /// <param name="Class">Null: no priority.</param>
    /// <param name="Then">Services that follow on the same ticket, in order.</param>
    /// <param name="Appointment">The appointment that is checked in; its service must be the one asked for.</param>
    /// <param name="AskIfLong">Refuse with <see cref="Rejection.LongWait"/> where the wait is long: the customer has not been asked yet.</param>
    public sealed record TakeTicket(
        TicketId Id,
        ServiceId Service,
        string Language,
        bool Print = true,
        PriorityClass? Class = null,
        IReadOnlyList<ServiceId>? Then = null,
        Appointment? Appointment = null,
        bool AskIfLong = false) : HallCommand;

    public sealed record OpenCounter(CounterId Counter) : HallCommand;

    public sealed record PauseCounter(CounterId Counter) : HallCommand;

    public sealed record ResumeCounter(CounterId Counter) : HallCommand;

    public sealed record CloseCounter(CounterId Counter) : HallCommand;

    /// <summary>The customer at the counter, if any, is finished; the next one is called.</summary>
    /// <param name="SitDown">A key of the counter itself: opens a closed counter and ends a pause first.</param>
    /// <param name="Seen">What the caller saw at the counter. Refused when it has changed since: two people pressed.</param>
    public sealed record CallNext(CounterId Counter, bool SitDown = false, Seen? Seen = null) : HallCommand;

    /// <summary>Calls that ticket, whoever else waits.</summary>
    public sealed record CallTicket(CounterId Counter, TicketId Ticket, bool SitDown = false, Seen? Seen = null) : HallCommand;

    public sealed record Recall(CounterId Counter) : HallCommand;

    /// <param name="Only">Refused where another ticket is at the counter by now (the clock); null: whoever is there.</param>
    public sealed record Begin(CounterId Counter, TicketId? Only = null) : HallCommand;

    public sealed record Finish(CounterId Counter) : HallCommand;

    public sealed record MarkNoShow(CounterId Counter) : HallCommand;

    /// <param name="For">After that time the clock puts it back in line; null: as the hall's rules say.</param>
    public sealed record Hold(CounterId Counter, TimeSpan? For = null) : HallCommand;

    /// <summary>A held ticket, or a no-show within the grace time, is put in line again where its issue time puts it.</summary>
    public sealed record ResumeTicket(TicketId Ticket) : HallCommand;

    /// <param name="Service">Null: stays with its service.</param>
    /// <param name="Counter">Null: any counter that offers the service.</param>
    /// <param name="Return">It comes back to the counter where it is now when the other service is finished.</param>
    public sealed record TransferTicket(TicketId Ticket, ServiceId? Service, CounterId? Counter, bool Return = false) : HallCommand;

    /// <param name="Class">Null: no priority any more.</param>
    public sealed record PrioritiseTicket(TicketId Ticket, PriorityClass? Class) : HallCommand;

    public sealed record CancelTicket(TicketId Ticket) : HallCommand;

    /// <summary>A clerk signs in at a counter; who was there before is gone.</summary>
    public sealed record StaffCounter(CounterId Counter, string Clerk) : HallCommand;

    /// <summary>The clerk leaves the counter: wherever they sit, where <paramref name="Counter"/> is null.</summary>
    public sealed record LeaveCounter(string Clerk, CounterId? Counter = null) : HallCommand;

    /// <summary>The clock: what the surge plans advise by now is written down.</summary>
    public sealed record KeepSurge : HallCommand;

    /// <summary>Writes down a fact that no rule refuses.</summary>
    public sealed record WriteDown(HallEvent.Note Fact) : HallCommand;

    /// <summary>A person asks for the paper again: the same number, marked COPY.</summary>
    public sealed record PrintTicket(TicketId Ticket) : HallCommand;

    /// <summary>The print worker is about to write the first byte.</summary>
    public sealed record SendSlip(SlipId Slip) : HallCommand;

    /// <summary>The print worker learnt how a slip ended, or why it stopped.</summary>
    public sealed record ReportSlip(SlipId Slip, SlipReport Report, string? Fault = null) : HallCommand;
}

/// <param name="Id">Named in the appointment book.</param>
/// <param name="Slot">When the customer is expected.</param>
public sealed record Appointment(string Id, DateTimeOffset Slot);

/// <param name="Ticket">Null: an empty counter.</param>
public sealed record Seen(TicketId? Ticket);

public enum SlipReport
{
    Printed,
    Presumed,
    Halted,
    InDoubt,

    /// <summary>Failed before the first byte: queued again.</summary>
    NotSent,

    /// <summary>The printer's buffer was cleared after a halt: a COPY follows.</summary>
    Cleared,
}
