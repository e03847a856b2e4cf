namespace Kiosk.Domain.Hall;

/// <summary>What people, keys and devices ask of the hall.</summary>
public abstract record HallCommand
{
    private HallCommand() { }

    /// <param name="Day">The local date at the time of asking.</param>
    public sealed record OpenDay(DateOnly Day) : HallCommand;

    /// <summary>No more tickets; the day closes when the last customer has been served.</summary>
    /// <param name="Force">Close at once: who is left counts as abandoned.</param>
    public sealed record CloseDay(bool Force = false) : HallCommand;

    /// <param name="Id">Drawn by the caller, so that the rules stay pure.</param>
    public sealed record TakeTicket(TicketId Id, ServiceId Service, string Language, bool Print = true) : HallCommand;

    public sealed record OpenCounter(CounterId Counter) : HallCommand;

    public sealed record PauseCounter(CounterId Counter) : HallCommand;

    public sealed record ResumeCounter(CounterId Counter) : HallCommand;

    public sealed record CloseCounter(CounterId Counter) : HallCommand;

    /// <summary>The customer at the counter, if any, is finished; the next one is called.</summary>
    /// <param name="SitDown">A key of the counter itself: opens a closed counter and ends a pause first.</param>
    /// <param name="Seen">What the caller saw at the counter. Refused when it has changed since: two people pressed.</param>
    public sealed record CallNext(CounterId Counter, bool SitDown = false, Seen? Seen = null) : HallCommand;

    public sealed record Recall(CounterId Counter) : HallCommand;

    public sealed record Begin(CounterId Counter) : HallCommand;

    public sealed record Finish(CounterId Counter) : HallCommand;

    public sealed record MarkNoShow(CounterId Counter) : HallCommand;

    public sealed record Hold(CounterId Counter) : HallCommand;

    /// <summary>A held ticket, or a no-show within the grace time, is put in line again where its issue time puts it.</summary>
    public sealed record ResumeTicket(TicketId Ticket) : HallCommand;

    /// <param name="Service">Null: stays with its service.</param>
    /// <param name="Counter">Null: any counter that offers the service.</param>
    public sealed record TransferTicket(TicketId Ticket, ServiceId? Service, CounterId? Counter) : HallCommand;

    public sealed record CancelTicket(TicketId Ticket) : HallCommand;

    /// <summary>A person asks for the paper again: the same number, marked COPY.</summary>
    public sealed record PrintTicket(TicketId Ticket) : HallCommand;

    /// <summary>The print worker is about to write the first byte.</summary>
    public sealed record SendSlip(SlipId Slip) : HallCommand;

    /// <summary>The print worker learnt how a slip ended, or why it stopped.</summary>
    public sealed record ReportSlip(SlipId Slip, SlipReport Report, string? Fault = null) : HallCommand;
}

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
