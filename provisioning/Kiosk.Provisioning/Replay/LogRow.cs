namespace Kiosk.Provisioning.Replay;

internal enum LogEvent
{
    /// <summary>A ticket was issued: it waits.</summary>
    Issued,

    Called,

    Finished,

    /// <summary>It left before it was called.</summary>
    Left,

    /// <summary>One more counter is open.</summary>
    Opened,

    /// <summary>One less.</summary>
    Closed,

    /// <summary>The row's counter says how many are open.</summary>
    Staffed,
}

/// <summary>One row of a queue log.</summary>
/// <param name="Line">Of the file, the first is 1 (the header).</param>
/// <param name="Time">Seconds from midnight; a day may run past midnight.</param>
/// <param name="Service">Empty where the row is about the whole hall.</param>
/// <param name="Priority">As written: <c>normal</c>, <c>vip</c> or any other word; empty where there is none.</param>
/// <param name="Counter">As written: who is at work, or how many counters (<see cref="Open"/>).</param>
internal readonly record struct LogRow(long Line, string Hall, DateOnly Day, double Time, LogEvent Event, string Service, string Ticket, string Priority, string Counter)
{
    /// <summary>Open counters of a <see cref="LogEvent.Staffed"/> row.</summary>
    public int Open { get; init; }
}
