namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>
/// Counts that scatter more than chance alone makes them: Poisson with a mean that is itself gamma distributed (negative binomial), variance = mean + spread · mean².
/// Spread 0 is the Poisson distribution.
/// </summary>
public static class GammaPoisson
{
    /// <summary>Share of the actual counts that a range is to hold.</summary>
    public const double Held = 0.9;

    private const double Tail = (1 - Held) / 2;

    /// <summary>A squared error above so many variances counts as that: one wild day must not widen all ranges.</summary>
    private const double Wild = 9;

    /// <summary>Mean of a squared standard normal that is cut at <see cref="Wild"/>.</summary>
    private const double CutMean = 0.9733;

    private const double MostSpread = 4;

    /// <summary>The range that holds <see cref="Held"/> of such counts, or a little more: counts are whole.</summary>
    public static (int Low, int High) Range(double mean, double spread) => (Quantile(mean, spread, Tail), Quantile(mean, spread, 1 - Tail));

    /// <summary>The smallest count whose distribution function reaches the share.</summary>
    public static int Quantile(double mean, double spread, double share)
    {
        if (mean <= 0) return 0;

        // Sums of logarithms: e^-mean of a big mean is not to be had.
        var most = (int)Math.Ceiling(mean + (12 * Math.Sqrt(mean + (spread * mean * mean)))) + 12;
        double log = LogNone(mean, spread), sum = 0;
        for (var count = 0; count < most; count++)
        {
            sum += Math.Exp(log);
            if (sum >= share) return count;
            log += LogStep(mean, spread, count);
        }

        return most;
    }

    /// <summary>The spread under which such errors are as large as they were. Robust: cut squared errors, weighted with the mean.</summary>
    /// <param name="pairs">What came and what was expected.</param>
    /// <param name="prior">Spread that is taken where nothing is known, and how many pairs it counts for.</param>
    public static double Spread(IReadOnlyList<(double Actual, double Mean)> pairs, (double Spread, double Weight) prior)
    {
        var known = pairs.Where(pair => pair.Mean > 0.05).ToList();
        if (known.Count == 0) return prior.Spread;

        double low = 0, high = MostSpread;
        for (var step = 0; step < 40 && Excess(known, 0) > CutMean; step++)
        {
            var middle = (low + high) / 2;
            if (Excess(known, middle) > CutMean) low = middle;
            else high = middle;
        }

        var found = Excess(known, 0) > CutMean ? (low + high) / 2 : 0;
        return ((known.Count * found) + (prior.Weight * prior.Spread)) / (known.Count + prior.Weight);
    }

    private static double Excess(List<(double Actual, double Mean)> pairs, double spread) =>
        pairs.Sum(pair => pair.Mean * Math.Min(Wild, Square(pair.Actual - pair.Mean) / (pair.Mean + (spread * Square(pair.Mean))))) / pairs.Sum(pair => pair.Mean);

    // Logarithm of the probability of no arrival, and of the ratio of one count's probability to the one below it.
    private static double LogNone(double mean, double spread) => spread < 1e-9 ? -mean : -Math.Log(1 + (spread * mean)) / spread;

    private static double LogStep(double mean, double spread, int count) =>
        Math.Log(mean * (1 + (spread * count)) / ((1 + (spread * mean)) * (count + 1)));

    private static double Square(double value) => value * value;
}
