using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Site;

/// <summary>A hall as its manager describes it: <c>hall.json</c>, checked.</summary>
/// <param name="Id">Names the hall in topics and journals: <c>a-z 0-9 -</c>.</param>
/// <param name="Languages">The first is the default one.</param>
/// <param name="PublicUrl">Address under which customers' phones reach the host, or null: then the address it listens on is printed, unless that is every address of the machine.</param>
public sealed record HallProfile(
    string Id,
    Texts Name,
    TimeZoneInfo TimeZone,
    ImmutableArray<string> Languages,
    ImmutableArray<ServiceProfile> Services,
    ImmutableArray<CounterProfile> Counters,
    OpeningHours Hours,
    ImmutableArray<DeviceProfile> Devices,
    MqttProfile Mqtt,
    HallRules Rules,
    Uri? PublicUrl)
{
    public string DefaultLanguage => Languages[0];

    public RoutingProfile Routing { get; init; } = new();

    /// <summary>Holidays and other days with hours of their own.</summary>
    public ImmutableArray<SpecialDay> SpecialDays { get; init; } = [];

    public StaffProfile Staff { get; init; } = new();

    public RetentionProfile Retention { get; init; } = new();

    public StaffingProfile Staffing { get; init; } = new();

    /// <summary>Files of templates beside the profile, by kind of slip (<c>ticket</c>, <c>receipt</c>). A kind without one is printed as the program has it.</summary>
    public ImmutableSortedDictionary<string, string> Slips { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The self-service terminal; null: the hall has none.</summary>
    public PaymentsProfile? Payments { get; init; }

    /// <summary>When a crowd brings in further staff; empty: nobody is advised.</summary>
    public ImmutableArray<SurgePlan> Surge { get; init; } = [];

    public ServiceProfile? Service(ServiceId id) => Services.FirstOrDefault(service => service.Id == id);
}

/// <param name="Letter">First sign of its ticket numbers, <c>A</c> to <c>Z</c>, unique in the hall.</param>
/// <param name="TargetWait">Waiting time that the hall promises.</param>
/// <param name="DailyLimit">Tickets a day, at most.</param>
public sealed record ServiceProfile(ServiceId Id, char Letter, Texts Name, TimeSpan TargetWait, int DailyLimit)
{
    /// <summary>What serving one customer takes, until the day has its own figures.</summary>
    public TimeSpan TypicalService { get; init; } = TimeSpan.FromMinutes(5);
}

[JsonConverter(typeof(JsonStringEnumConverter<CounterKind>))]
public enum CounterKind
{
    [JsonStringEnumMemberName("normal")]
    Normal,

    [JsonStringEnumMemberName("priority")]
    Priority,

    [JsonStringEnumMemberName("vip")]
    Vip,
}

/// <param name="Services">In order of preference.</param>
public sealed record CounterProfile(CounterId Number, CounterKind Kind, ImmutableArray<ServiceId> Services);

/// <param name="ByDay">Spans of a week's days, in order, not overlapping; a day without any is a day off.</param>
public sealed record OpeningHours(ImmutableDictionary<DayOfWeek, ImmutableArray<OpenSpan>> ByDay)
{
    public ImmutableArray<OpenSpan> On(DayOfWeek day) => ByDay.GetValueOrDefault(day, []);
}

/// <param name="Until">Exclusive; 00:00 means midnight at the end of the day.</param>
public readonly record struct OpenSpan(TimeOnly From, TimeOnly Until);

/// <summary>A device as the profile names it. The driver checks link and options.</summary>
public sealed record DeviceProfile(string Id, string Driver, string Link, JsonElement Options);

/// <param name="Url">A broker of the store's (<c>mqtt://host:1883</c>, <c>mqtts://</c>), or null for the child broker.</param>
/// <param name="Port">Port of the child broker.</param>
public sealed record MqttProfile(bool Enabled, Uri? Url, int Port, string? User, string? PasswordFile)
{
    /// <summary>MQTT 3.1.1 in place of 5, for brokers that have no 5.</summary>
    public bool Old { get; init; }

    /// <summary>PEM files: whom we trust (null: as the system does), and who we are, where the broker wants to see it.</summary>
    public string? CaFile { get; init; }

    public string? CertFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>A listener of the hall's own broker for other machines; null: it listens on its board only.</summary>
    public MqttListenProfile? Listen { get; init; }

    /// <summary>Users of the broker who may send commands, with the role whose rights they have. Empty: commands are refused.</summary>
    public ImmutableSortedDictionary<string, StaffRole> Commands { get; init; } = ImmutableSortedDictionary<string, StaffRole>.Empty;
}

/// <summary>Always TLS.</summary>
/// <param name="Address">Of this machine; <c>0.0.0.0</c>: all.</param>
/// <param name="CaFile">Clients must show a certificate of these authorities, whose common name is their user; null: user and password.</param>
public sealed record MqttListenProfile(string Address, int Port, string CertFile, string KeyFile, string? CaFile);

public enum DayOpening
{
    /// <summary>The day opens when the host finds that the date has changed.</summary>
    Automatic,

    /// <summary>Somebody opens it.</summary>
    Manual,
}

/// <param name="NoShowGrace">How long a no-show may come back and be put in line again.</param>
/// <param name="Rollover">A day that nobody closed is closed by the host at this time of the next day, whoever is left.</param>
public sealed record HallRules(DayOpening Opening, TimeSpan NoShowGrace, TimeOnly Rollover)
{
    /// <summary>Tickets are refused outside the opening hours, and the day closes by itself at their end. Else people decide.</summary>
    public bool KeepHours { get; init; }

    /// <summary>A no-show may also come back while no more than this many calls of its service were made since.</summary>
    public int NoShowGraceCalls { get; init; } = 10;

    /// <summary>People of its line who stay in front of a no-show that comes back.</summary>
    public int NoShowPlace { get; init; } = 2;

    /// <summary>How long a held ticket stays aside before the clock puts it back in line; null: until somebody does.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>A free open counter gets the next customer without a key.</summary>
    public bool AutoCall { get; init; }

    /// <summary>What a called customer needs to walk to the counter.</summary>
    public TimeSpan Walking { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Service begins by the clock, <see cref="Walking"/> after the call, unless a key says otherwise.</summary>
    public bool BeginOnArrival { get; init; }

    /// <summary>No ticket is issued in the last minutes before closing time; with <see cref="KeepHours"/>.</summary>
    public TimeSpan LastTicket { get; init; } = TimeSpan.Zero;

    /// <summary>From this expected wait on, the ticket machine asks before it issues a number; zero: never.</summary>
    public TimeSpan LongWait { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>A VIP who has waited this long alarms the floor guide.</summary>
    public TimeSpan VipAlarm { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long before the slot an appointment can be checked in.</summary>
    public TimeSpan AppointmentEarly { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after the slot.</summary>
    public TimeSpan AppointmentLate { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The day changes only while the kernel says that the clock is synchronised (boards without a clock chip).</summary>
    public bool ClockMustBeSynchronised { get; init; }

    /// <summary>Hardware keys do nothing while nobody is signed in at their counter.</summary>
    public bool KeysNeedSignIn { get; init; }
}

/// <summary>Who is called next.</summary>
public sealed record RoutingProfile
{
    public RoutingPolicy Policy { get; init; } = RoutingPolicy.Accumulating;

    /// <summary>Nobody is called before a customer who stands in line this much longer, whatever the priority.</summary>
    public TimeSpan MayAdd { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How much longer somebody must wait for the next service in a counter's order of preference to be called before one of the first.</summary>
    public TimeSpan Preference { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How fast each class gains priority, in percent of the clock.</summary>
    public ImmutableSortedDictionary<PriorityClass, int> RatePercent { get; init; } = DefaultRates;

    public static ImmutableSortedDictionary<PriorityClass, int> DefaultRates { get; } = new Dictionary<PriorityClass, int>
    {
        [PriorityClass.Urgent] = 400,
        [PriorityClass.Pregnant] = 250,
        [PriorityClass.Disabled] = 250,
        [PriorityClass.Senior] = 200,
        [PriorityClass.Vip] = 200,
        [PriorityClass.Appointment] = 200,
    }.ToImmutableSortedDictionary();
}

/// <param name="From">First of the days.</param>
/// <param name="Until">Last of the days, included.</param>
/// <param name="Hours">Empty: closed.</param>
public sealed record SpecialDay(DateOnly From, DateOnly Until, Texts Name, ImmutableArray<OpenSpan> Hours);

public sealed record StaffProfile
{
    /// <summary>A session without a press ends after this.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Wrong PINs in a row after which an account is locked.</summary>
    public int LockAfter { get; init; } = 5;

    /// <summary>How long it stays locked, twice as long each further time.</summary>
    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(5);
}

public sealed record RetentionProfile
{
    /// <summary>Days whose events stay in the journal; reports stay for ever.</summary>
    public int JournalDays { get; init; } = 400;

    /// <summary>Days for which names and telephone numbers are kept.</summary>
    public int PersonalDays { get; init; } = 30;
}
