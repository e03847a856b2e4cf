using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Kiosk.Mqtt;

/// <summary>What <c>evt</c> carries: one event of the journal.</summary>
/// <param name="V">Version of the contract: the 1 of <c>qms/v1</c>. Members are added without a new one.</param>
/// <param name="Seq">Counts every event of an epoch from 1, without a gap.</param>
/// <param name="Type">Kebab-case: <c>ticket-issued</c>.</param>
/// <param name="Data">The event; a ticket is its number and its <see cref="TicketReference"/>, never its id.</param>
public sealed record EventPayload(int V, string Hall, int Epoch, long Seq, DateTimeOffset Ts, string Type, JsonObject Data);

/// <summary>Retained: the hall as of an event. Names as in FIWARE's QueueMonitor where it has them.</summary>
/// <param name="ServiceStatus"><c>Open</c>, <c>Suspended</c> (closing: no more tickets), <c>Closed</c>.</param>
/// <param name="TicketsToServe">How many wait.</param>
/// <param name="Calls">The latest calls, newest first.</param>
public sealed record HallPayload(
    int V,
    string Hall,
    int Epoch,
    long Seq,
    DateTimeOffset Ts,
    string OfficeName,
    string ServiceStatus,
    DateOnly? Day,
    int TicketsToServe,
    ImmutableArray<CallPayload> Calls);

/// <param name="Times">1 = first call.</param>
public sealed record CallPayload(string Number, int Counter, DateTimeOffset At, int Times);

/// <summary>Retained: a service's queue, an entity of FIWARE's QueueMonitor model with a few members of our own.</summary>
/// <param name="Id"><c>urn:ngsi-ld:QueueMonitor:HALL:SERVICE</c>.</param>
/// <param name="QueueLine">The letter of its numbers.</param>
/// <param name="ServiceStatus"><c>Open</c>, <c>Suspended</c> (no counter for it is open), <c>Closed</c>.</param>
/// <param name="LastTicketIssued">Serial number, 0 before the first of the day.</param>
/// <param name="TicketServed">Serial number of the ticket that was called last and is still at a counter; null when none is.</param>
/// <param name="TicketsToServe">How many wait.</param>
/// <param name="LongestSince">When the first in line took a number; null when nobody waits.</param>
public sealed record ServicePayload(
    int V,
    string Hall,
    int Epoch,
    long Seq,
    DateTimeOffset Ts,
    string Id,
    string Type,
    string OfficeName,
    string ServiceId,
    string ServiceName,
    string QueueLine,
    string ServiceStatus,
    int LastTicketIssued,
    string? LastTicketIssuedLabel,
    int? TicketServed,
    string? TicketServedLabel,
    int TicketsToServe,
    DateTimeOffset? LongestSince,
    int TargetWaitSeconds,
    ImmutableArray<int> OpenCounters);

/// <summary>Retained: a counter.</summary>
/// <param name="ServiceStatus"><c>Open</c>, <c>Suspended</c> (paused), <c>Closed</c>.</param>
/// <param name="TicketServed">Serial number of the ticket called or served here; null when the counter is free.</param>
/// <param name="TicketPhase"><c>called</c> or <c>serving</c>; null when the counter is free.</param>
public sealed record CounterPayload(
    int V,
    string Hall,
    int Epoch,
    long Seq,
    DateTimeOffset Ts,
    int Counter,
    string ServiceStatus,
    int? TicketServed,
    string? TicketServedLabel,
    string? TicketPhase,
    DateTimeOffset? CalledAt,
    int Calls);

/// <summary>Retained: a device of the board. The text of a hall that is offline says how the device was last.</summary>
/// <param name="Class"><c>ticket-printer</c>, <c>call-buttons</c>, <c>counter-display</c>, <c>announcer</c>.</param>
/// <param name="State"><c>ok</c>, <c>degraded</c>, <c>out-of-service</c>, <c>unknown</c>.</param>
/// <param name="Fault">Kebab-case, or null.</param>
/// <param name="Advice">What to do about the fault, in English.</param>
/// <param name="Detail">What was seen, for the technician.</param>
/// <param name="Paper">Of a printer whose paper is counted.</param>
public sealed record DevicePayload(
    int V,
    string Hall,
    string Device,
    string Class,
    string Driver,
    string State,
    string? Fault,
    DateTimeOffset Since,
    string? Advice,
    string? Detail,
    PaperPayload? Paper);

/// <param name="LeftPercent">Null where it is not known.</param>
/// <param name="EndsAt">At the pace of the last hour; null where it is not known.</param>
public sealed record PaperPayload(int? LeftPercent, DateTimeOffset? EndsAt);

/// <summary>Retained birth, and the same with <c>online: false</c> as last will and farewell.</summary>
/// <param name="Boot">Another one at each start of the host: an offline text of an earlier boot is stale.</param>
/// <param name="Seq">Of the last event when this was written.</param>
public sealed record StatusPayload(bool Online, string Boot, int Epoch, long Seq, string Version);

/// <summary>From the store: everything up to here is safe with it.</summary>
public sealed record AcknowledgementPayload(int Epoch, long Seq);
