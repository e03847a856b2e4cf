namespace Kiosk.Bench.Measuring;

/// <summary>Numbers of one kind, measured in one run.</summary>
internal static class Sample
{
    private const int Draws = 400, Seed = 1;

    /// <param name="share">0.5 is the median.</param>
    public static double Quantile(IEnumerable<double> values, double share) => Sorted([.. values.Order()], share);

    /// <summary>
    /// A quantile of ours over the same quantile of the yardstick's, with a 95 % bootstrap interval: pairs that were measured one after the other are drawn together, so that what
    /// slowed both of them down counts in both.
    /// </summary>
    /// <param name="together">So many in a row are drawn as one: they are of one event, and what slowed one of them down slowed the others.</param>
    public static Interval Ratio(IReadOnlyList<(double Yardstick, double Ours)> pairs, double share, int together = 1)
    {
        var (random, count) = (new Random(Seed), pairs.Count);
        var (yardstick, ours, ratios) = (new double[count], new double[count], new double[Draws]);
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var first = 0; first < count; first += together)
            {
                var drawn = random.Next(count / together) * together;
                for (var n = 0; n < together; n++) (yardstick[first + n], ours[first + n]) = pairs[drawn + n];
            }

            Array.Sort(yardstick);
            Array.Sort(ours);
            ratios[draw] = Sorted(ours, share) / Sorted(yardstick, share);
        }

        Array.Sort(ratios);
        return new(Quantile(pairs.Select(pair => pair.Ours), share) / Quantile(pairs.Select(pair => pair.Yardstick), share), Sorted(ratios, 0.025), Sorted(ratios, 0.975));
    }

    /// <summary>The median of the ratios of a few pairs (rounds of throughput), with a 95 % bootstrap interval.</summary>
    public static Interval OfRounds(IReadOnlyList<(double Yardstick, double Ours)> rounds)
    {
        var random = new Random(Seed);
        var ratios = rounds.Select(round => round.Ours / round.Yardstick).ToArray();
        var medians = Enumerable.Range(0, Draws).Select(_ => Quantile(Enumerable.Range(0, ratios.Length).Select(_ => ratios[random.Next(ratios.Length)]), 0.5)).Order().ToArray();
        return new(Quantile(ratios, 0.5), Sorted(medians, 0.025), Sorted(medians, 0.975));
    }

    private static double Sorted(double[] values, double share) => values[(int)Math.Min(values.Length - 1, Math.Floor(share * values.Length))];
}
