using System.Diagnostics;

namespace Kiosk.Bench.Measuring;

/// <summary>Yardstick and ours in turn, so that what troubles the machine troubles both.</summary>
/// <param name="Pairs">Microseconds of each, in the order in which they were measured.</param>
/// <param name="Load">Of the machine meanwhile.</param>
internal sealed record Interleaved(IReadOnlyList<(double Yardstick, double Ours)> Pairs, MachineLoad Load)
{
    /// <param name="warm">Pairs that are not counted: the compiler and the caches.</param>
    public static async Task<Interleaved> MeasureAsync(BenchRun run, string what, int count, int warm, Func<Task<double>> yardstick, Func<Task<double>> ours, CancellationToken cancel)
    {
        var pairs = new List<(double, double)>(count);
        for (var n = 0; n < warm; n++) _ = (await yardstick(), await ours());
        using var watch = new LoadWatch();
        for (var n = 0; n < count; n++)
        {
            cancel.ThrowIfCancellationRequested();
            run.Tick(what, n, count);

            // Who goes first changes: neither always finds the disk as the other left it.
            if (n % 2 == 0)
            {
                var first = await yardstick();
                pairs.Add((first, await ours()));
            }
            else
            {
                var first = await ours();
                pairs.Add((await yardstick(), first));
            }
        }

        return new(pairs, watch.Load);
    }

    /// <summary>Microseconds that it took.</summary>
    public static double Time(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    /// <summary>The median and the p99 of these pairs as two figures: "NAME.p50" and "NAME.p99".</summary>
    public IEnumerable<Figure> Figures(string name, string title, string yardstick, Bar? median, Bar? tail)
    {
        var series = new Plot.Distribution([(yardstick, [.. Pairs.Select(pair => pair.Yardstick)]), ("ours", [.. Pairs.Select(pair => pair.Ours)])]);
        yield return Of(name + ".p50", title + ", median", yardstick, 0.5, median) with { Plot = series };
        yield return Of(name + ".p99", title + ", p99", yardstick, 0.99, tail) with { Tail = true };
    }

    private Figure Of(string id, string title, string yardstick, double share, Bar? bar) => new(id, title, "µs", Sample.Quantile(Pairs.Select(pair => pair.Ours), share))
    {
        Yardstick = new(yardstick, Sample.Quantile(Pairs.Select(pair => pair.Yardstick), share)),
        Ratio = Sample.Ratio(Pairs, share),
        Bar = bar,
        Samples = Pairs.Count,
        Load = Load,
    };
}
