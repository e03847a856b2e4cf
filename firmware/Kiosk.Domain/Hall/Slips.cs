using System.Text.Json.Serialization;

namespace Kiosk.Domain.Hall;

/// <summary>Where a slip is between the decision to print it and the paper in the customer's hand.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SlipPhase>))]
public enum SlipPhase
{
    /// <summary>Waits for its printer.</summary>
    Queued,

    /// <summary>Journalled before the first byte is written.</summary>
    Sending,

    /// <summary>Stopped half way (paper, cover, cutter); goes on when mended.</summary>
    Halted,

    /// <summary>Confirmed by the printer.</summary>
    Printed,

    /// <summary>Sent to a printer that cannot confirm.</summary>
    Presumed,

    /// <summary>May have come out or not. Printed again only as a COPY that a person asks for.</summary>
    InDoubt,

    /// <summary>Did not come out; a COPY took its place.</summary>
    Replaced,
}

/// <param name="Fault">Why it is halted, as the device names it (<c>OutOfPaper</c>), or null.</param>
public sealed record OpenSlip(SlipId Id, TicketNumber Number, DateTimeOffset QueuedAt, long Order, SlipPhase Phase, string? Fault = null);
