using System.Globalization;

namespace Kiosk.Bench;

/// <summary>Numbers of one kind, measured in one run.</summary>
internal static class Sample
{
    private const int Draws = 2000;

    /// <param name="share">0.5 is the median.</param>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
    }

    /// <summary>Median of ours over the yardstick's, pair by pair, with a 95 % bootstrap interval: the pairs were measured one after the other.</summary>
    public static Ratio Ratio(IReadOnlyList<(double Yardstick, double Ours)> pairs)
    {
        var ratios = pairs.Select(pair => pair.Ours / pair.Yardstick).ToArray();
        var random = new Random(1);
        var medians = Enumerable.Range(0, Draws).Select(_ => Quantile(Enumerable.Range(0, ratios.Length).Select(_ => ratios[random.Next(ratios.Length)]), 0.5)).Order().ToArray();
        return new(Quantile(ratios, 0.5), medians[(int)(Draws * 0.025)], medians[(int)(Draws * 0.975)]);
    }
}

/// <param name="Low">Of a 95 % bootstrap interval, as <paramref name="High"/>.</param>
internal sealed record Ratio(double Median, double Low, double High)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} × ({Low:0.00} to {High:0.00})");
}
