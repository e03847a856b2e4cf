using Kiosk.Domain.Reports;

namespace Kiosk.Domain.Tests.Reports;

public sealed class TimesTests
{
    [Fact]
    public void Percentiles_of_a_day_are_values_that_occurred()
    {
        var times = Times.Of([50, 10, 20, 30, 40, 60, 70, 80, 90, 101]);

        Assert.Equal((10, 551L, 50, 90, 101, 55), (times.Count, times.Sum, times.Median, times.P90, times.Longest, times.Mean));
        Assert.Equal((7, 7, 7), (Times.Of([7]).Median, Times.Of([7]).P90, Times.Of([7]).Longest));
        Assert.Null(Times.None.Mean);
    }

    [Fact]
    public void Merged_days_keep_exact_sums_and_percentiles_within_their_bucket()
    {
        var random = new Random(7);
        var days = Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, 200).Select(_ => random.Next(0, 20_000)).ToList()).ToList();

        var exact = Times.Of(days.SelectMany(day => day));
        var merged = Times.Merge(days.Select(day => Times.Of(day, 3, 5)));

        Assert.Equal((exact.Count, exact.Sum, exact.Longest, 21, 35), (merged.Count, merged.Sum, merged.Longest, merged.Within, merged.Promised));
        Assert.InRange(merged.Median - exact.Median, 0, Times.BucketSeconds);
        Assert.Equal(exact.Buckets, merged.Buckets);
        Assert.Equal(exact.Longest, merged.P90);
    }

    [Fact]
    public void What_took_longer_than_four_hours_is_not_lost()
    {
        var merged = Times.Merge([Times.Of([1, 2, 14_400, 20_000]), Times.Of([3, 15_000])]);

        Assert.Equal((6, 15, 20_000, 20_000), (merged.Count, merged.Median, merged.P90, merged.Longest));
        Assert.Equal([0, 3, 960, 3], merged.Buckets);
    }
}
