namespace Kiosk.Provisioning.Replay;

/// <summary>Figures of a replay, per hall and in all.</summary>
/// <param name="from">First day that is scored; those before are learned from.</param>
internal sealed class ReplayFigures(DateOnly from)
{
    private readonly SortedDictionary<string, ReplayScore> _halls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateOnly, ReplayScore> _days = [];

    /// <summary>Tickets that waited.</summary>
    public ReplayScore All { get; } = new();

    /// <summary>The same, and those who did not wait.</summary>
    public ReplayScore WithZeros { get; } = new();

    public IReadOnlyDictionary<string, ReplayScore> Halls => _halls;

    public IReadOnlyDictionary<DateOnly, ReplayScore> Days => _days;

    public void Add(in ScoredTicket scored)
    {
        if (scored.Day < from) return;

        WithZeros.Add(scored);
        if (scored.Wait <= 0) return;
        All.Add(scored);
        Of(_halls, scored.Hall).Add(scored);
        Of(_days, scored.Day).Add(scored);
    }

    private static ReplayScore Of<TKey>(SortedDictionary<TKey, ReplayScore> scores, TKey key)
        where TKey : notnull => scores.TryGetValue(key, out var score) ? score : scores[key] = new();
}
