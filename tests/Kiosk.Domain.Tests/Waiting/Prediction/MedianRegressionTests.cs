using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Tests.Waiting.Prediction;

public sealed class MedianRegressionTests
{
    [Fact]
    public void It_finds_the_median_and_not_the_mean()
    {
        var (random, median) = (new Random(1), MedianRegression.From([0, 0]));
        for (var n = 0; n < 4000; n++)
        {
            var x = random.NextDouble() * 2 - 1;

            // Every fifth value is far above: the mean is 2 above the median.
            median = median.Learn([1, x], 1 + 2 * x + (random.NextDouble() - 0.5) + (n % 5 == 0 ? 10 : 0), 1);
        }

        Assert.InRange(median.At([1, 0]), 0.8, 1.6);
        Assert.InRange(median.At([1, 1]) - median.At([1, 0]), 1.5, 2.5);
    }

    [Fact]
    public void It_follows_when_the_world_changes()
    {
        var median = MedianRegression.From([0]);
        for (var n = 0; n < 3000; n++) median = median.Learn([1], n < 2000 ? 0 : 1, 1);

        Assert.InRange(median.At([1]), 0.7, 1.05);
    }

    [Fact]
    public void What_is_never_seen_does_not_explode()
    {
        var (random, median) = (new Random(2), MedianRegression.From([0, 0.5]));
        for (var n = 0; n < 50_000; n++) median = median.Learn([1, 0], random.NextDouble(), 1);
        Assert.Equal(0.5, median.Numbers[1], 6);

        median = median.Learn([1, 1], 3, 1);

        Assert.All(median.Numbers, number => Assert.True(Math.Abs(number) < 20, $"{number} is out of bounds"));
    }

    [Fact]
    public void An_important_observation_moves_it_more()
    {
        var start = MedianRegression.From([0]);

        Assert.True(start.Learn([1], 1, 4).At([1]) > start.Learn([1], 1, 1).At([1]));
        Assert.Equal(0, start.At([1]));
    }

    [Fact]
    public void Its_numbers_are_all_that_it_knows()
    {
        var (random, median) = (new Random(3), MedianRegression.From([0, 0, 0]));
        for (var n = 0; n < 100; n++) median = median.Learn([1, random.NextDouble(), random.NextDouble()], random.NextDouble(), 1);
        var again = MedianRegression.Of(3, median.Numbers)!;

        Assert.Equal(median.Learn([1, 0.2, 0.3], 0.7, 1).Numbers, again.Learn([1, 0.2, 0.3], 0.7, 1).Numbers);
        Assert.Null(MedianRegression.Of(3, median.Numbers.Skip(1).ToList()));
        Assert.Null(MedianRegression.Of(3, [.. median.Numbers.Skip(1), double.NaN]));
    }
}
