using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kiosk.Mqtt;

/// <summary>What <c>evt</c> carries: one event of the journal.</summary>
/// <param name="V">Version of the contract: the 1 of <c>qms/v1</c>. Members are added without a new one.</param>
/// <param name="Seq">Counts every event of an epoch from 1, without a gap.</param>
/// <param name="Type">Kebab-case: <c>ticket-issued</c>.</param>
/// <param name="Data">The event; a ticket is its number and its <see cref="TicketReference"/>, never its id.</param>
public sealed record EventPayload(int V, string Hall, int Epoch, long Seq, DateTimeOffset Ts, string Type, JsonObject Data)
{
    /// <summary>
    /// It was in the journal already when this connection began or the store asked for everything again: late, or a repeat. Nobody is to be
    /// alarmed by it. Left out where false; not part of the event, so that the same event can come with and without it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Historical { get; init; }
}

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
    ImmutableArray<CallPayload> Calls)
{
    /// <summary>What the hall's surge plans advise; left out where the hall has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<SurgePayload>? Surge { get; init; }
}

/// <summary>A surge plan: advice, never an order to a counter.</summary>
/// <param name="Waiting">People in the lines that the plan counts.</param>
/// <param name="In">In order of coming.</param>
/// <param name="Finishing">Released groups that still serve a customer.</param>
/// <param name="OvertimeSince">Since when longer shifts and overtime are advised; null: they are not.</param>
/// <param name="Next">What is asked for if the line stays as it is; null: nothing.</param>
public sealed record SurgePayload(string Plan, int Waiting, int Threshold, ImmutableArray<SurgeGroupPayload> In, ImmutableArray<SurgeGroupPayload> Finishing, DateTimeOffset? OvertimeSince, SurgeNextPayload? Next);

/// <param name="Name">In the hall's first language.</param>
/// <param name="Since">When it was called in; of one that finishes, when it was released.</param>
public sealed record SurgeGroupPayload(string Group, string Name, DateTimeOffset Since);

/// <param name="Action"><c>call-in</c>, <c>release</c>, <c>advise-overtime</c>, <c>end-overtime</c>.</param>
/// <param name="Group">Null with the last two.</param>
public sealed record SurgeNextPayload(string Action, string? Group, DateTimeOffset At);

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
/// <param name="WaitFromMinutes">What somebody without priority who takes a number now is told, rounded outwards; 0: only the latest is told. Null: nothing is told.</param>
/// <param name="WaitToMinutes">Null together with <paramref name="WaitFromMinutes"/>.</param>
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
    ImmutableArray<int> OpenCounters,
    int? WaitFromMinutes = null,
    int? WaitToMinutes = null);

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
/// <param name="First">From this seq on the journal has every event; those before may have been removed by time.</param>
/// <param name="From">The last event of the epoch that this one goes on from (a journal that was restored), or null.</param>
public sealed record StatusPayload(bool Online, string Boot, int Epoch, long Seq, string Version, long First = 1, PlacePayload? From = null);

/// <summary>A place in a hall's journal.</summary>
public sealed record PlacePayload(int Epoch, long Seq);

/// <summary>From the store: everything up to here is safe with it.</summary>
public sealed record AcknowledgementPayload(int Epoch, long Seq);

/// <summary>From the store: everything again. Both members or none.</summary>
/// <param name="Epoch">The epoch that the store knows.</param>
/// <param name="After">The last seq that the store has of it, 0 = none; events come from the next one on. Null: from the last acknowledged one on.</param>
public sealed record RebirthPayload(int? Epoch = null, long? After = null);

/// <summary>From the store: do something. What MQTT 5 has as properties stands in the body as well, for brokers that speak 3.1.1 only.</summary>
/// <param name="Id">Names the command for ever: it is carried out once, and a repeat gets the first answer. 1 to 50 of <c>A-Z a-z 0-9 . _ -</c>.</param>
/// <param name="Action">Kebab-case: <c>issue-ticket</c>; see <see cref="StoreActions"/>.</param>
/// <param name="Expires">After it nobody carries it out; at most a day ahead.</param>
/// <param name="Args">By action; may be left out where it has none.</param>
/// <param name="ReplyTo">Topic of the answer, below the hall's <c>rsp</c>; null: <c>rsp</c>, or <c>rsp/{user}</c> where it came by <c>cmd/{user}</c>.</param>
/// <param name="Correlation">Comes back with the answer.</param>
public sealed record CommandPayload(string Id, string Action, DateTimeOffset Expires, JsonElement? Args = null, string? ReplyTo = null, string? Correlation = null);

/// <summary>What became of a command.</summary>
/// <param name="Seq">Of the journal when it was answered.</param>
/// <param name="Id">Of the command; null where it could not be read.</param>
/// <param name="Outcome"><c>done</c>, <c>refused</c> (by the hall's rules), <c>failed</c>, <c>not-allowed</c>, <c>expired</c>, <c>unknown-action</c>, <c>bad-command</c>, <c>busy</c> (not carried out: send it again later).</param>
/// <param name="Message">For people: what was done, or what to do. English.</param>
/// <param name="Result">By action, or null.</param>
/// <param name="Repeated">The command had been answered before; this is the answer of then.</param>
public sealed record AnswerPayload(int V, string Hall, int Epoch, long Seq, DateTimeOffset Ts, string? Id, string? Correlation, string Outcome, string Message, JsonElement? Result, bool Repeated);
