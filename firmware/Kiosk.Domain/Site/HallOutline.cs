using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Site;

/// <summary>What of a profile others may know, and need to read the hall's events: no addresses, no devices, no files.</summary>
/// <param name="Name">By language, as all names here.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">The first is the default one.</param>
/// <param name="Surge">Plans of further staff; null: none.</param>
public sealed record HallOutline(
    IReadOnlyDictionary<string, string> Name,
    string TimeZone,
    IReadOnlyList<string> Languages,
    IReadOnlyList<ServiceOutline> Services,
    IReadOnlyList<CounterOutline> Counters,
    IReadOnlyList<SurgeOutline>? Surge = null)
{
    public static HallOutline Of(HallProfile profile) => new(
        profile.Name.ByLanguage,
        profile.TimeZone.Id,
        profile.Languages,
        [.. profile.Services.Select(service => new ServiceOutline(
            service.Id, service.Letter.ToString(), service.Name.ByLanguage, (int)service.TargetWait.TotalSeconds, service.DailyLimit, (int)service.TypicalService.TotalSeconds))],
        [.. profile.Counters.Select(counter => new CounterOutline(counter.Number, counter.Kind, counter.Services))],
        profile.Surge.IsEmpty ? null : [.. profile.Surge.Select(SurgeOutline.Of)]);

    /// <summary>A profile over which the hall's events can be folded. What events do not need is as in a hall that says nothing of it.</summary>
    /// <param name="id">Of the hall.</param>
    public HallProfile ToProfile(string id) => new(
        id,
        Texts(Name),
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
        [.. Languages],
        [.. Services.Select(service => new ServiceProfile(service.Id, service.Letter[0], Texts(service.Name), TimeSpan.FromSeconds(service.TargetWaitSeconds), service.DailyLimit)
        {
            TypicalService = TimeSpan.FromSeconds(service.TypicalServiceSeconds),
        })],
        [.. Counters.Select(counter => new CounterProfile(counter.Number, counter.Kind, [.. counter.Services]))],
        new(ImmutableDictionary<DayOfWeek, ImmutableArray<OpenSpan>>.Empty),
        [],
        new(false, null, 0, null, null),
        new(DayOpening.Manual, TimeSpan.Zero, TimeOnly.MinValue),
        null)
    {
        Surge = [.. (Surge ?? []).Select(plan => plan.ToPlan())],
    };

    private static Texts Texts(IReadOnlyDictionary<string, string> name) => new(name.ToImmutableSortedDictionary(StringComparer.Ordinal));
}

public sealed record ServiceOutline(ServiceId Id, string Letter, IReadOnlyDictionary<string, string> Name, int TargetWaitSeconds, int DailyLimit, int TypicalServiceSeconds);

/// <param name="Services">In order of preference.</param>
public sealed record CounterOutline(CounterId Number, CounterKind Kind, IReadOnlyList<ServiceId> Services);
