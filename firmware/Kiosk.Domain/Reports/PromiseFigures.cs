using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Reports;

/// <summary>How the promises about waiting times were kept. Sums, in seconds, so that days are put together exactly.</summary>
/// <param name="Made">Tickets whose customer was told something.</param>
/// <param name="Scored">Of these: called, and not sent to another service or counter before.</param>
/// <param name="ErrorSum">Distances between <see cref="WaitPromise.About"/> and the wait.</param>
/// <param name="BiasSum">The same with its sign: above 0, more was promised than waited.</param>
/// <param name="Kept">Waits within the range of nine in ten.</param>
/// <param name="LikelyKept">Waits within the range of every second.</param>
/// <param name="ToldKept">Waits within the range as people were told it, rounded.</param>
/// <param name="WidthSum">Widths of the ranges of nine in ten.</param>
/// <param name="LikelyWidthSum">Widths of the ranges of every second.</param>
/// <param name="Compared">Scored tickets for which the day had seen a call of their service before the issue.</param>
/// <param name="ComparedErrorSum">Of these, distances between <see cref="WaitPromise.About"/> and the wait.</param>
/// <param name="LastServedErrorSum">Of these, what telling the wait of the one called last would have been off: a yardstick that anybody could use.</param>
public sealed record PromiseFigures(
    int Made,
    int Scored,
    long ErrorSum,
    long BiasSum,
    int Kept,
    int LikelyKept,
    int ToldKept,
    long WidthSum,
    long LikelyWidthSum,
    int Compared,
    long ComparedErrorSum,
    long LastServedErrorSum)
{
    /// <summary>Part of the waits that the range of nine in ten should hold.</summary>
    public const double Promised = 0.9;

    public static PromiseFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Seconds; null before the first that is scored.</summary>
    public int? MeanError => Mean(ErrorSum, Scored);

    public int? Bias => Mean(BiasSum, Scored);

    public double? Coverage => Share.Of(Kept, Scored);

    public double? LikelyCoverage => Share.Of(LikelyKept, Scored);

    public double? ToldCoverage => Share.Of(ToldKept, Scored);

    public int? MeanWidth => Mean(WidthSum, Scored);

    public int? MeanLikelyWidth => Mean(LikelyWidthSum, Scored);

    public int? ComparedError => Mean(ComparedErrorSum, Compared);

    public int? LastServedError => Mean(LastServedErrorSum, Compared);

    /// <summary>How far the coverage of so many may be from 90 % by chance alone, nineteen times of twenty.</summary>
    public static double Tolerance(int scored) => scored == 0 ? 1 : 1.96 * Math.Sqrt(Promised * (1 - Promised) / scored);

    /// <returns>Null where nothing was promised.</returns>
    public static PromiseFigures? Sum(IEnumerable<PromiseFigures?> several) => several.OfType<PromiseFigures>().Aggregate((PromiseFigures?)null, (a, b) => a is null ? b : new(
        a.Made + b.Made,
        a.Scored + b.Scored,
        a.ErrorSum + b.ErrorSum,
        a.BiasSum + b.BiasSum,
        a.Kept + b.Kept,
        a.LikelyKept + b.LikelyKept,
        a.ToldKept + b.ToldKept,
        a.WidthSum + b.WidthSum,
        a.LikelyWidthSum + b.LikelyWidthSum,
        a.Compared + b.Compared,
        a.ComparedErrorSum + b.ComparedErrorSum,
        a.LastServedErrorSum + b.LastServedErrorSum));

    internal static PromiseFigures Of(PromiseOutcome one)
    {
        if (one.Wait is not { } wait) return None with { Made = 1 };

        var (promise, error) = (one.Promise, Math.Abs(one.Promise.About - wait));
        return new(
            1,
            1,
            error,
            promise.About - wait,
            promise.Holds(wait) ? 1 : 0,
            promise.HoldsLikely(wait) ? 1 : 0,
            WaitRange.Of(promise).Holds(wait) ? 1 : 0,
            promise.To - promise.From,
            promise.LikelyTo - promise.LikelyFrom,
            one.LastServed is null ? 0 : 1,
            one.LastServed is null ? 0 : error,
            one.LastServed is { } last ? Math.Abs(last - wait) : 0);
    }

    private static int? Mean(long sum, int count) => count == 0 ? null : (int)Math.Round((double)sum / count, MidpointRounding.AwayFromZero);
}
