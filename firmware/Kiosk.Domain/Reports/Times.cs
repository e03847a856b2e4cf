namespace Kiosk.Domain.Reports;

/// <summary>Waiting or service times, in whole seconds (fractions are cut off).</summary>
/// <param name="Median">Nearest rank: the value at place ⌈n/2⌉ of the sorted ones. 0 where there is none.</param>
/// <param name="P90">The value at place ⌈0.9 n⌉.</param>
/// <param name="Within">How many kept the target of their service.</param>
/// <param name="Promised">How many had a target to keep.</param>
/// <param name="Buckets">How many fell into which quarter of a minute, as pairs of index and count: index 3 = 45 s up to less than 60 s; 960 = 4 h and more. From these the
/// percentiles of several days are taken, exact to the bucket.</param>
public sealed record Times(int Count, long Sum, int Median, int P90, int Longest, int Within, int Promised, IReadOnlyList<int> Buckets)
{
    public const int BucketSeconds = 15, Overflow = 4 * 60 * 60 / BucketSeconds;

    public static Times None { get; } = new(0, 0, 0, 0, 0, 0, 0, []);

    /// <summary>Rounded to the second; null where there is no time.</summary>
    public int? Mean => Count == 0 ? null : (int)Math.Round((double)Sum / Count, MidpointRounding.AwayFromZero);

    /// <summary>Exact: from the values themselves.</summary>
    public static Times Of(IEnumerable<int> seconds, int within = 0, int promised = 0)
    {
        var sorted = seconds.Order().ToList();
        if (sorted.Count == 0) return None;

        var buckets = sorted.CountBy(value => Math.Min(value / BucketSeconds, Overflow)).OrderBy(pair => pair.Key).SelectMany(pair => new[] { pair.Key, pair.Value });
        return new(
            sorted.Count, sorted.Sum(value => (long)value), sorted[Rank(sorted.Count, 50) - 1], sorted[Rank(sorted.Count, 90) - 1], sorted[^1], within, promised, [.. buckets]);
    }

    /// <summary>Of several days: count, mean and longest are exact, median and 90th percentile the upper end of their bucket, at most the longest.</summary>
    public static Times Merge(IEnumerable<Times> several)
    {
        var all = several.Where(times => times.Count > 0).ToList();
        if (all.Count < 2) return all.FirstOrDefault() ?? None;

        var buckets = new SortedDictionary<int, int>();
        foreach (var times in all)
        {
            for (var n = 0; n + 1 < times.Buckets.Count; n += 2) buckets[times.Buckets[n]] = buckets.GetValueOrDefault(times.Buckets[n]) + times.Buckets[n + 1];
        }

        var (count, longest) = (all.Sum(times => times.Count), all.Max(times => times.Longest));
        return new(
            count,
            all.Sum(times => times.Sum),
            At(buckets, Rank(count, 50), longest),
            At(buckets, Rank(count, 90), longest),
            longest,
            all.Sum(times => times.Within),
            all.Sum(times => times.Promised),
            [.. buckets.SelectMany(pair => new[] { pair.Key, pair.Value })]);
    }

    private static int Rank(int count, int percent) => (int)(((long)count * percent + 99) / 100);

    private static int At(SortedDictionary<int, int> buckets, int rank, int longest)
    {
        foreach (var (index, count) in buckets)
        {
            rank -= count;
            if (rank <= 0) return index == Overflow ? longest : Math.Min((index + 1) * BucketSeconds, longest);
        }

        return longest;
    }
}
