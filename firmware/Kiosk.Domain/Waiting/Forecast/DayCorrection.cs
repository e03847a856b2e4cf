using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>
/// A forecast corrected by what came so far. The day's level is unknown, with mean 1 and the variance that past days had; the half hours that are over say more about it
/// (gamma-Poisson: a gamma distribution before, a gamma distribution behind). Half hours that are over keep their forecast.
/// </summary>
/// <param name="Level">How many times as busy as forecast the rest of the day is expected to be.</param>
/// <param name="Over">Half hours that are over: the correction begins behind them.</param>
public sealed record DayCorrection(double Level, int Over, ImmutableArray<double> Mean, ImmutableArray<int> Low, ImmutableArray<int> High)
{
    /// <summary>Expected arrivals after which a level is known well enough, where past days hardly differed: 1 / this is the least variance.</summary>
    private const double LeastLevel = 0.002;

    /// <param name="came">Arrivals of each half hour; those behind <paramref name="over"/> are not looked at.</param>
    /// <param name="over">How many half hours of the forecast are over.</param>
    public static DayCorrection Of(ArrivalLine line, IReadOnlyList<int> came, int over)
    {
        over = Math.Clamp(over, 0, line.Mean.Length);
        var (actual, expected, prior) = (came.Take(over).Sum(), line.Mean.Take(over).Sum(), 1 / Math.Max(line.Level, LeastLevel));
        var level = (prior + actual) / (prior + expected);

        // What is left of not knowing the level, and what half hours scatter within a day.
        var spread = Math.Max(0, line.Spread - line.Level) + (1 / (prior + actual));
        var means = line.Mean.Select((mean, index) => index < over ? mean : Math.Round(mean * level, 2)).ToImmutableArray();
        var ranges = means.Select((mean, index) => index < over ? (line.Low[index], line.High[index]) : GammaPoisson.Range(mean, spread)).ToList();
        return new(Math.Round(level, 3), over, means, [.. ranges.Select(range => range.Item1)], [.. ranges.Select(range => range.Item2)]);
    }
}
