using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Site;

/// <summary>A plan of further staff as those must know it who read the hall's events.</summary>
/// <param name="Threshold">More people waiting than this are a crowd.</param>
/// <param name="HoldSeconds">How long it must last before each group.</param>
/// <param name="ReleaseSeconds">How long it must be gone before each release.</param>
/// <param name="Services">Whose lines are counted; empty: all of the hall.</param>
/// <param name="Groups">In order of coming.</param>
/// <param name="Reserve">The last group; null: there is none.</param>
public sealed record SurgeOutline(
    string Id,
    int Threshold,
    int HoldSeconds,
    int ReleaseSeconds,
    IReadOnlyList<ServiceId> Services,
    IReadOnlyList<SurgeGroupOutline> Groups,
    SurgeReserveOutline? Reserve = null)
{
    internal static SurgeOutline Of(SurgePlan plan) => new(
        plan.Id,
        plan.Threshold,
        (int)plan.Hold.TotalSeconds,
        (int)plan.Release.TotalSeconds,
        plan.Services,
        [.. plan.Groups.Select(SurgeGroupOutline.Of)],
        plan.Reserve is { } reserve ? new(SurgeGroupOutline.Of(reserve.Group), reserve.Threshold, reserve.Mode) : null);

    internal SurgePlan ToPlan() => new(
        Id,
        Threshold,
        TimeSpan.FromSeconds(HoldSeconds),
        TimeSpan.FromSeconds(ReleaseSeconds),
        [.. Groups.Select(group => group.ToGroup())],
        Reserve is { } reserve ? new(reserve.Group.ToGroup(), reserve.Threshold, reserve.Mode) : null)
    {
        Services = [.. Services],
    };
}

/// <param name="Name">By language.</param>
/// <param name="From">People, at least; null: not said.</param>
/// <param name="To">People, at most; null: not said.</param>
/// <param name="Counters">Where they sit; empty: not said.</param>
public sealed record SurgeGroupOutline(string Id, IReadOnlyDictionary<string, string> Name, int? From, int? To, IReadOnlyList<CounterId> Counters)
{
    internal static SurgeGroupOutline Of(SurgeGroup group) => new(group.Id, group.Name.ByLanguage, group.Size?.From, group.Size?.To, group.Counters);

    internal SurgeGroup ToGroup() => new(Id, new(Name.ToImmutableSortedDictionary(StringComparer.Ordinal)))
    {
        Size = From is { } from && To is { } to ? new GroupSize(from, to) : null,
        Counters = [.. Counters],
    };
}

/// <param name="Threshold">More people waiting than this call it in at once.</param>
public sealed record SurgeReserveOutline(SurgeGroupOutline Group, int Threshold, ReserveMode Mode);
