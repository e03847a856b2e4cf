using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Screens;

/// <summary>What the crowds of several sizes say.</summary>
internal static class ScreenFigures
{
    /// <param name="curve">By size, the largest last: that one is judged.</param>
    public static IEnumerable<Figure> Of(IReadOnlyList<(int Size, Fan Fan)> curve, MachineLoad load)
    {
        var (size, fan) = curve[^1];

        // The screens of a call wait for the same commit and the same writer: the interval draws whole calls, each with all its screens.
        yield return new("screens.p99", $"board change to {size:N0} live screens, p99", "ms", Sample.Quantile(fan.Pairs.Select(pair => pair.Ours), 0.99))
        {
            Yardstick = new(RawFanOut.Name, Sample.Quantile(fan.Pairs.Select(pair => pair.Yardstick), 0.99)),
            Ratio = Sample.Ratio(fan.Pairs, 0.99, together: size),
            Bar = Bar.AtMost(20, 9),
            Tail = true,
            Samples = fan.Pairs.Count,
            Load = load,
            Note = "From the send of the call's POST until the screen has the whole event: decided, durable, rendered and sent meanwhile. The yardstick only sends as many bytes.",
            Plot = new Plot.Distribution([(RawFanOut.Name, [.. fan.Pairs.Select(pair => pair.Yardstick)]), ("ours", [.. fan.Pairs.Select(pair => pair.Ours)])]),
        };
        yield return new("screens.last", $"the last of {size:N0} screens has it, median of the calls", "ms", Median(fan.Last.Select(pair => pair.Ours)))
        {
            Yardstick = new(RawFanOut.Name, Median(fan.Last.Select(pair => pair.Yardstick))),
            Ratio = Sample.Ratio(fan.Last, 0.5),
            Samples = fan.Last.Count,
            Load = load,
        };
        yield return new("screens.answer", "the same, from the answer of the call", "ms", Median(fan.AfterAnswer)) { Samples = fan.AfterAnswer.Count, Load = load };
        yield return new("screens.curve", $"a screen has it where it is the only one (picture: 1 to {curve[^1].Size:N0})", "ms", Median(curve[0].Fan.Last.Select(pair => pair.Ours)))
        {
            Yardstick = new(RawFanOut.Name, Median(curve[0].Fan.Last.Select(pair => pair.Yardstick))),
            Samples = curve[0].Fan.Last.Count,
            Load = load,
            Note = string.Join(", ", curve.Select(point => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{point.Size:N0} screens {Median(point.Fan.Last.Select(pair => pair.Ours)):0.0} ms"))) + ".",
            Plot = new Plot.Curve("screens", "milliseconds until the last has it, median of the calls",
                [(RawFanOut.Name, Points(curve, pair => pair.Yardstick)), ("ours", Points(curve, pair => pair.Ours))]),
        };
        yield return new("screens.memory", "memory of the host for each live screen", "KiB", fan.StreamKiB) { Samples = size, Load = load, Note = "Resident, as the crowd joined: socket buffers are the kernel's and not in it." };
    }

    private static IReadOnlyList<(double, double)> Points(IReadOnlyList<(int Size, Fan Fan)> curve, Func<(double Yardstick, double Ours), double> which) =>
        [.. curve.Select(point => ((double)point.Size, Median(point.Fan.Last.Select(which))))];

    private static double Median(IEnumerable<double> values) => Sample.Quantile(values, 0.5);
}
