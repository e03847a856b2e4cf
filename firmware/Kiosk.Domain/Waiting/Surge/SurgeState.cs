using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Surge;

/// <summary>Where a plan stands: which timers run and who is in. Two that went through the same are equal.</summary>
/// <param name="Waiting">People waiting, as last observed.</param>
/// <param name="AboveSince">When the timer of the next group began; null: nobody is to be called in.</param>
/// <param name="BelowSince">When the timer of the next release began; null while the crowd lasts, and before the first observation.</param>
/// <param name="CrowdedSince">Since when more wait than the reserve's threshold; null: not now.</param>
/// <param name="EasedSince">Since when no more wait than that; null: not now, or the plan has no reserve.</param>
/// <param name="In">In order of coming.</param>
/// <param name="Gone">Groups that were released since they last came, in order of going.</param>
/// <param name="ReleasedAt">The last release; null: none today.</param>
/// <param name="OvertimeSince">Since when longer shifts are advised; null: they are not.</param>
public sealed record SurgeState(
    int Waiting,
    DateTimeOffset? AboveSince,
    DateTimeOffset? BelowSince,
    DateTimeOffset? CrowdedSince,
    DateTimeOffset? EasedSince,
    ImmutableList<GroupMove> In,
    ImmutableList<GroupMove> Gone,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset? OvertimeSince)
{
    /// <summary>The beginning of a day: nobody is in and no timer runs.</summary>
    public static SurgeState Empty { get; } = new(0, null, null, null, null, [], [], null, null);

    public bool Has(string group) => In.Exists(entry => entry.Group == group);

    public bool Equals(SurgeState? other) =>
        other is not null && Waiting == other.Waiting && ReleasedAt == other.ReleasedAt && OvertimeSince == other.OvertimeSince
        && AboveSince == other.AboveSince && BelowSince == other.BelowSince && CrowdedSince == other.CrowdedSince && EasedSince == other.EasedSince
        && In.SequenceEqual(other.In) && Gone.SequenceEqual(other.Gone);

    public override int GetHashCode() => HashCode.Combine(Waiting, AboveSince, BelowSince, CrowdedSince, EasedSince, In.Count, Gone.Count, OvertimeSince);
}

/// <param name="At">When it was called in, or released.</param>
public readonly record struct GroupMove(string Group, DateTimeOffset At);
