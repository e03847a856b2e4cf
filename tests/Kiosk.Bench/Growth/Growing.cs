using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Growth;

/// <summary>Medians over sizes, each beside those of the small hall that was measured in turn with it: a machine that was slower meanwhile shows in both.</summary>
internal sealed class Growing
{
    private readonly List<(double Size, double Value)> _small = [], _ours = [];

    public void Add(int size, Interleaved measured)
    {
        _small.Add((size, Sample.Quantile(measured.Pairs.Select(pair => pair.Yardstick), 0.5)));
        _ours.Add((size, Sample.Quantile(measured.Pairs.Select(pair => pair.Ours), 0.5)));
    }

    public Plot.Curve Curve(string size, string small) => new(size, "µs, median", [(small, _small), ("ours", _ours)]);
}
