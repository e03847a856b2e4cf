using System.Globalization;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench;

/// <summary>A figure that something made slower on purpose has moved: the intervals of the two runs do not touch.</summary>
internal sealed record SlowedFigure(Figure Plain, Figure Slowed)
{
    public static IReadOnlyList<SlowedFigure> Moved(BenchResult plain, BenchResult slowed) =>
        [.. plain.Figures.Join(slowed.Figures, figure => figure.Id, figure => figure.Id, (one, other) => new SlowedFigure(one, other)).Where(pair => pair.Apart)];

    private bool Apart => Plain.Ratio is { } plain && Slowed.Ratio is { } slowed && plain.Low < plain.High && (slowed.Low > plain.High || slowed.High < plain.Low);

    public override string ToString() => $"seen: {Plain.Title}: {Text(Plain.Ratio!.Value)} as it is, {Text(Slowed.Ratio!.Value)} slowed";

    private static string Text(Interval ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio.Middle:0.00} × ({ratio.Low:0.00}–{ratio.High:0.00})");
}
