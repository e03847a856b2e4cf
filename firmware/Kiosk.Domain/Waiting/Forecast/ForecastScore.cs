namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>How good a forecast was. Shares from 0 to 1; null where there is nothing to compare with.</summary>
/// <param name="Expected">Arrivals forecast for the day's half hours.</param>
/// <param name="Came">What came in them.</param>
/// <param name="MeanError">Mean absolute error of a half hour, in people.</param>
/// <param name="Error">Absolute errors together, as a part of what came (WAPE).</param>
/// <param name="Held">Part of the half hours whose count lay in the range.</param>
/// <param name="Naive">The same error of the yardstick: as many as on the same weekday a week before.</param>
public sealed record ForecastScore(double Expected, int Came, double MeanError, double? Error, double Held, double? Naive)
{
    /// <param name="came">Of each half hour of the forecast, in its order.</param>
    public static ForecastScore Of(IReadOnlyList<double> mean, IReadOnlyList<int> low, IReadOnlyList<int> high, IReadOnlyList<int> lastWeek, IReadOnlyList<int> came)
    {
        var (total, count) = (came.Sum(), Math.Max(1, came.Count));
        var errors = came.Select((actual, index) => Math.Abs(actual - mean[index])).Sum();
        return new(
            Math.Round(mean.Sum(), 1),
            total,
            Math.Round(errors / count, 2),
            Part(errors, total),
            Math.Round((double)came.Where((actual, index) => low[index] <= actual && actual <= high[index]).Count() / count, 4),
            lastWeek.Count == came.Count ? Part(came.Select((actual, index) => Math.Abs(actual - lastWeek[index])).Sum(), total) : null);
    }

    private static double? Part(double errors, int total) => total == 0 ? null : Math.Round(errors / total, 4);
}
