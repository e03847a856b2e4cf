using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>
/// How far waits lie from the median, learned as four quantiles of the logarithm of their ratio: two hold every second wait between them, two hold nine of ten. The farther end of a range is
/// the one where waits are rare, so the quantiles are not taken evenly: that makes the narrowest ranges. Immutable.
/// </summary>
/// <remarks>
/// Each quantile steps by what its last answer was worth (online quantile regression); the stretch steps by whether the ranges that were really told held (Gibbs and Candès, "Adaptive conformal
/// inference under distribution shift", 2021): it makes good for promises that were made before the line changed.
/// </remarks>
public sealed record WaitSpread
{
    /// <summary>Shares of waits below each quantile: likely from, likely to, from, to.</summary>
    private static readonly double[] Shares = [0.18, 0.68, 0.03, 0.93];

    /// <summary>Shares within the likely range and the whole one.</summary>
    private const double Likely = 0.5, Whole = 0.9;

    private const double HallStep = 0.03, LineStep = 0.02, LineFades = 0.0005, StretchStep = 0.005;

    private const double Lowest = -4, Highest = 2.5;

    public static WaitSpread Start { get; } = new();

    /// <summary>Of the hall: base and change with the logarithm of the place, for each quantile.</summary>
    public ImmutableArray<double> Hall { get; init; } = [-0.5, 0.35, -1.6, 0.95, 0.1, -0.1, 0.4, -0.25];

    /// <summary>Logarithms by which the likely and the whole range are stretched.</summary>
    public double LikelyStretch { get; init; }

    public double WholeStretch { get; init; }

    public static ImmutableArray<double> StartOfLine { get; } = [0, 0, 0, 0];

    /// <summary>Logarithms of wait / median at the four quantiles.</summary>
    public double[] Quantiles(int place, ImmutableArray<double> line)
    {
        var slope = Slope(place);
        var all = new double[Shares.Length];
        for (var index = 0; index < all.Length; index++)
        {
            var stretch = Math.Exp(index < 2 ? LikelyStretch : WholeStretch);
            all[index] = Math.Clamp((Raw(index, slope) + line[index]) * stretch, Lowest, Highest);
        }

        // Each is learned by itself; in a line longer than any before they can cross.
        Array.Sort(all);
        return [all[1], all[2], all[0], all[3]];
    }

    /// <summary>One wait more is known.</summary>
    /// <param name="residual">Logarithm of wait / the median that was told.</param>
    /// <param name="weight">Less where many stood in line together and learn the same.</param>
    /// <param name="likelyHeld">The likely range that was told held; likewise <paramref name="wholeHeld"/>.</param>
    public (WaitSpread Hall, ImmutableArray<double> Line) Learn(int place, ImmutableArray<double> line, double residual, double weight, bool likelyHeld, bool wholeHeld)
    {
        var slope = Slope(place);
        var (hall, own) = (Hall.ToBuilder(), line.ToBuilder());
        for (var index = 0; index < Shares.Length; index++)
        {
            var step = weight * (residual < Raw(index, slope) + line[index] ? Shares[index] - 1 : Shares[index]);
            hall[index] += HallStep * step;
            hall[index + Shares.Length] += HallStep * step * slope;
            own[index] += (LineStep * step) - (LineFades * own[index]);
        }

        return (this with
        {
            Hall = hall.MoveToImmutable(),
            LikelyStretch = Stretched(LikelyStretch, likelyHeld, Likely),
            WholeStretch = Stretched(WholeStretch, wholeHeld, Whole),
        }, own.MoveToImmutable());
    }

    private double Raw(int index, double slope) => Hall[index] + (Hall[index + Shares.Length] * slope);

    private static double Slope(int place) => Math.Min(Math.Log(place) / 2, 1.6) - 0.5;

    private static double Stretched(double stretch, bool held, double share) => Math.Clamp(stretch + (StretchStep * (held ? share - 1 : share)), -0.5, 1.5);
}
