using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Api;

/// <summary>A ticket as the API shows it. Times are in the hall's own offset.</summary>
/// <param name="Id">Names the ticket in addresses; cannot be guessed.</param>
/// <param name="Number">What customer and clerk say: <c>A012</c>.</param>
/// <param name="Ahead">When issued: people in line in front. Later: the same, as it is now; null when it does not wait.</param>
/// <param name="State">waiting, called, serving, held, no-show, finished, cancelled, abandoned.</param>
/// <param name="Slip">queued, sending, halted, printed, presumed, in-doubt, replaced; null where none was asked for.</param>
public sealed record TicketShape(
    string Id, string Number, string Service, int? Ahead, string State, string Language, DateTimeOffset IssuedAt, int? Counter, DateTimeOffset? CalledAt, int Calls, string? Slip, int Copies, string Url)
{
    /// <summary>urgent, pregnant, disabled, senior, vip, appointment; null: no priority.</summary>
    public PriorityClass? Class { get; init; }

    /// <summary>Services that follow on the same ticket.</summary>
    public IReadOnlyList<string> Then { get; init; } = [];

    public string? Appointment { get; init; }

    /// <summary>When the clock puts a held ticket back in line; null: somebody does.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Since when it counts as standing in line.</summary>
    public DateTimeOffset? StandsSince { get; init; }

    /// <summary>Why it was called the last time; null before.</summary>
    public WhyShape? Why { get; init; }

    /// <summary>What its customer was told about the wait when it was issued; null: nothing.</summary>
    public PromiseShape? Promise { get; init; }

    internal static TicketShape Of(TicketView view, HallProfile profile) => new(
        view.Ticket.Id.Value,
        view.Ticket.Number.ToString(),
        view.Ticket.Service.Value,
        view.Ahead,
        Kebab(view.Ticket.Phase),
        view.Ticket.Language,
        Local(view.Ticket.IssuedAt, profile),
        view.Ticket.Counter?.Value,
        view.Ticket.CalledAt is { } called ? Local(called, profile) : null,
        view.Ticket.Calls,
        view.Ticket.Slip is { } slip ? Kebab(slip) : null,
        view.Ticket.Copy,
        $"/ticket/{view.Ticket.Id}")
    {
        Class = view.Ticket.Class,
        Then = [.. view.Ticket.Then.Select(service => service.Value)],
        Appointment = view.Ticket.Appointment,
        HeldUntil = view.Ticket.HeldUntil is { } until ? Local(until, profile) : null,
        StandsSince = Local(view.Ticket.StandsSince, profile),
        Why = WhyShape.Of(view.Ticket.Why),
        Promise = PromiseShape.Of(view.Ticket.Promise),
    };

    internal static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static DateTimeOffset Local(DateTimeOffset at, HallProfile profile) => TimeZoneInfo.ConvertTime(at, profile.TimeZone);
}

/// <summary>A counter after a key was pressed.</summary>
/// <param name="State">closed, open, paused.</param>
/// <param name="Number">The ticket at the counter now, or null.</param>
/// <param name="Id">Its id.</param>
/// <param name="Called">True where this request called it.</param>
/// <param name="Finished">The ticket that this request finished, or null.</param>
public sealed record CounterShape(int Counter, string State, string? Number, string? Id, string? Service, string? TicketState, bool Called, string? Finished)
{
    /// <summary>Why that ticket was called; null where this request called nobody.</summary>
    public WhyShape? Why { get; init; }
}

/// <summary>A waiting time as people are told it, rounded outwards.</summary>
/// <param name="FromMinutes">0: only the latest is told.</param>
/// <param name="Sentence">In English: about 10 to 20 minutes.</param>
public sealed record WaitShape(int FromMinutes, int ToMinutes, string Sentence)
{
    internal static WaitShape Of(WaitRange range) => new(range.From, range.To, Phrases.In("en").WaitAloud(range));
}

/// <summary>What a customer was told about the wait. Seconds from issue to first call.</summary>
/// <param name="AboutSeconds">As many waits should be shorter as longer.</param>
/// <param name="FromSeconds">Nine of ten waits should lie within this and ToSeconds.</param>
/// <param name="LikelyFromSeconds">Every second wait should lie within this and LikelyToSeconds.</param>
/// <param name="Told">The first range, as it was told.</param>
public sealed record PromiseShape(int AboutSeconds, int FromSeconds, int ToSeconds, int LikelyFromSeconds, int LikelyToSeconds, WaitShape Told)
{
    internal static PromiseShape? Of(WaitPromise? promise) => promise is null
        ? null
        : new(promise.About, promise.From, promise.To, promise.LikelyFrom, promise.LikelyTo, WaitShape.Of(WaitRange.Of(promise)));
}

/// <summary>Why one ticket was called before others.</summary>
/// <param name="Policy">accumulating, strict, first-come.</param>
/// <param name="Rule">only-one, longest-wait, priority, own-customers, bound, sent-here, chosen.</param>
/// <param name="Waiting">People whom the counter could have called.</param>
/// <param name="Candidates">The first of each line that was compared, the chosen one first.</param>
public sealed record WhyShape(RoutingPolicy Policy, CallRule Rule, int Waiting, IReadOnlyList<CandidateShape> Candidates, string Sentence)
{
    internal static WhyShape? Of(CallReason? why) => why is null ? null : new(
        why.Policy,
        why.Rule,
        why.Waiting,
        [.. why.Candidates.Select(candidate => new CandidateShape(candidate.Number.ToString(), candidate.Class, candidate.Waited, candidate.Score))],
        why.Sentence());
}

/// <param name="Score">Tenths of a minute of priority; comparable within one call only.</param>
public sealed record CandidateShape(string Number, PriorityClass? Class, int WaitedSeconds, int Score);

/// <summary>What the clerk at a counter sees.</summary>
/// <param name="Kind">normal, priority, vip.</param>
/// <param name="State">closed, open, paused.</param>
/// <param name="Ticket">At the counter, with the reason why it was called.</param>
/// <param name="Next">Whom <c>next</c> would call.</param>
/// <param name="Why">Why it would be that one.</param>
/// <param name="Choices">Who may be called here, longest wait first.</param>
/// <param name="Aside">Held and no-shows of this counter.</param>
public sealed record CounterScreenShape(
    int Counter,
    string Kind,
    string State,
    string Day,
    string? Clerk,
    TicketShape? Ticket,
    TicketShape? Next,
    WhyShape? Why,
    int Waiting,
    int Served,
    IReadOnlyList<TicketShape> Choices,
    IReadOnlyList<TicketShape> Aside);

public sealed record DayShape(string? Day, string State, int Waiting);

/// <param name="LongestWaitSeconds">Age of the first in line; 0 when nobody waits.</param>
public sealed record ServiceShape(
    string Id, string Letter, IReadOnlyDictionary<string, string> Name, int Waiting, int LongestWaitSeconds, int Issued, int TargetWaitMinutes, IReadOnlyList<int> OpenCounters)
{
    /// <summary>What somebody without priority who takes a number now is told; null: nothing, because too little is known.</summary>
    public WaitShape? Wait { get; init; }
}

public sealed record BoardCounterShape(int Counter, string State, string? Number, string? TicketState, DateTimeOffset? CalledAt, int Calls);

public sealed record CallShape(string Number, int Counter, DateTimeOffset At, int Times);

/// <summary>The hall as everybody may see it, as of an event.</summary>
public sealed record HallShape(
    string Hall,
    IReadOnlyDictionary<string, string> Name,
    IReadOnlyList<string> Languages,
    int Epoch,
    long Seq,
    DateTimeOffset At,
    string? Day,
    string State,
    int Waiting,
    IReadOnlyList<ServiceShape> Services,
    IReadOnlyList<BoardCounterShape> Counters,
    IReadOnlyList<CallShape> Calls);

/// <param name="Who">The member of staff who asked; told by the audit only.</param>
public sealed record EventShape(int Epoch, long Seq, DateTimeOffset At, string Type, JsonElement Data, string? Request, string Source, string? Who = null);

/// <param name="Since">When it entered this state.</param>
/// <param name="Advice">What to do about the fault, in English; null where nothing is wrong.</param>
/// <param name="Paper">Of a ticket printer.</param>
public sealed record DeviceShape(
    string Id, string Class, string Driver, string Link, string State, string? Fault, string Detail, DateTimeOffset Since, bool Emulated, string? Advice = null, PaperShape? Paper = null);

/// <param name="Scripts">Names of the ready scripts that it can act.</param>
public sealed record EmulatorShape(
    string Id, string Class, System.Text.Json.Nodes.JsonObject Look, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Controls, IReadOnlyList<string> Scripts);

/// <param name="Status">ok, degraded (something needs a person), unavailable (the journal takes no events).</param>
public sealed record HealthShape(string Status, string Version, string Hall, JournalHealthShape Journal, MqttHealthShape Mqtt, IReadOnlyList<DeviceShape> Devices, ClockHealthShape Clock, DiskHealthShape? Disk);

/// <summary>Null where the disk does not say.</summary>
/// <param name="Low">Somebody should come before it is full.</param>
/// <param name="DaysLeft">At the pace of the days in the journal; null: there is no pace yet.</param>
/// <param name="DaysHeld">Days that are older than they are to be kept: the store has not acknowledged them.</param>
public sealed record DiskHealthShape(bool Low, long FreeBytes, long TotalBytes, long JournalBytes, int? DaysLeft, int DaysHeld);

/// <param name="Synchronised">What the kernel says.</param>
/// <param name="DayWaits">The hall asks for a synchronised clock and it is not: the business day does not change.</param>
public sealed record ClockHealthShape(bool Synchronised, bool DayWaits);

/// <param name="Tight">The disk is full and the space held back is in use: no tickets are issued.</param>
/// <param name="Trouble">Why the journal took nothing the last time it was asked, or null.</param>
public sealed record JournalHealthShape(int Epoch, long Seq, bool Tight, string? Trouble, DateTimeOffset LastEventAt);

/// <param name="State">off, connecting, connected, refused, away.</param>
/// <param name="Acknowledged">Seq of the last event that store or broker acknowledged.</param>
/// <param name="Behind">Events not acknowledged yet.</param>
/// <param name="Reason">What was seen and what to do, where something is not as it should be.</param>
/// <param name="Fault">away, password, our-certificate, their-certificate, files, denied, silent (the store acknowledges nothing), credentials (a certificate ends soon), other; null: none.</param>
/// <param name="Since">When the fault began.</param>
/// <param name="NobodyListens">The broker has no subscriber for the events: they wait for one.</param>
public sealed record MqttHealthShape(string State, string? Broker, string? Reason, long Acknowledged, long Behind, string? Fault, DateTimeOffset? Since, bool NobodyListens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(TicketShape))]
[JsonSerializable(typeof(CounterShape))]
[JsonSerializable(typeof(CounterScreenShape))]
[JsonSerializable(typeof(DayShape))]
[JsonSerializable(typeof(HallShape))]
[JsonSerializable(typeof(EventShape))]
[JsonSerializable(typeof(IReadOnlyList<EventShape>))]
[JsonSerializable(typeof(DeviceShape))]
[JsonSerializable(typeof(IReadOnlyList<DeviceShape>))]
[JsonSerializable(typeof(IReadOnlyList<EmulatorShape>))]
[JsonSerializable(typeof(EmulatorShape))]
[JsonSerializable(typeof(HealthShape))]
[JsonSerializable(typeof(DeviceHistoryShape))]
[JsonSerializable(typeof(ScriptShape))]
[JsonSerializable(typeof(IReadOnlyList<ScriptShape>))]
[JsonSerializable(typeof(SignedInShape))]
[JsonSerializable(typeof(MeShape))]
[JsonSerializable(typeof(StaffShape))]
[JsonSerializable(typeof(IReadOnlyList<StaffShape>))]
[JsonSerializable(typeof(IReadOnlyList<ScreenShape>))]
[JsonSerializable(typeof(IReadOnlyList<BrokerUserShape>))]
[JsonSerializable(typeof(InvitationShape))]
[JsonSerializable(typeof(AuditShape))]
[JsonSerializable(typeof(CheckShape))]
[JsonSerializable(typeof(ChecksShape))]
[JsonSerializable(typeof(FeedbackShape))]
[JsonSerializable(typeof(LedgerCheck))]
[JsonSerializable(typeof(FaultShape))]
[JsonSerializable(typeof(EquipmentShape))]
[JsonSerializable(typeof(IReadOnlyList<EquipmentShape>))]
[JsonSerializable(typeof(AppointmentShape))]
[JsonSerializable(typeof(IReadOnlyList<AppointmentShape>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As it goes over the wire: Hanzi as Hanzi. Never put into a page as it is.</summary>
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
