using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Hall;

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

    public ServiceProfile? Service(ServiceId id) => Services.FirstOrDefault(service => service.Id == id);
}

/// <param name="Letter">First sign of its ticket numbers, <c>A</c> to <c>Z</c>, unique in the hall.</param>
/// <param name="TargetWait">Waiting time that the hall promises.</param>
/// <param name="DailyLimit">Tickets a day, at most.</param>
public sealed record ServiceProfile(ServiceId Id, char Letter, Texts Name, TimeSpan TargetWait, int DailyLimit);

public enum CounterKind
{
    Normal,
    Priority,
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
public sealed record MqttProfile(bool Enabled, Uri? Url, int Port, string? User, string? PasswordFile);

public enum DayOpening
{
    /// <summary>The day opens when the host finds that the date has changed.</summary>
    Automatic,

    /// <summary>Somebody opens it.</summary>
    Manual,
}

/// <param name="NoShowGrace">How long a no-show may come back and be put in line again.</param>
/// <param name="Rollover">A day that nobody closed is closed by the host at this time of the next day, whoever is left.</param>
public sealed record HallRules(DayOpening Opening, TimeSpan NoShowGrace, TimeOnly Rollover);
