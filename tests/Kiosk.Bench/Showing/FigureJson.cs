using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Showing;

/// <summary>The figures for programs: <c>{machine, seconds, quick, slowed, figures: [{id, title, unit, ours, yardstick, ratio, bar, verdict, …}], missed, leftOut}</c>.</summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Of(BenchResult result) => JsonSerializer.Serialize(
        new
        {
            result.Machine,
            Seconds = Math.Round(result.Elapsed.TotalSeconds, 1),
            result.Quick,
            Slowed = result.Slowdown.ToString(),
            Figures = result.Figures.Select(Shape),
            Missed = result.Missed.Select(figure => figure.Id),
            result.LeftOut,
        },
        Written);

    private static object Shape(Figure figure)
    {
        var (verdict, why) = Bar.Judge(figure);
        return new
        {
            figure.Id,
            figure.Title,
            figure.Unit,
            Ours = double.IsFinite(figure.Ours) ? figure.Ours : (double?)null,
            figure.Yardstick,
            figure.Ratio,
            Bar = figure.Bar is { } bar ? new { bar.Limit, bar.Dream, Of = bar.OfRatio ? "ratio" : "ours", Is = bar.AtLeast ? "at least" : "at most" } : null,
            Samples = figure.Samples > 0 ? figure.Samples : (int?)null,
            figure.Load,
            Verdict = FigureTable.Word(verdict),
            Why = why,
            figure.Note,
            Curve = (figure.Plot as Plot.Curve)?.Series.Select(series => new { series.Name, Points = series.Points.Select(point => new { point.Size, point.Value }) }),
        };
    }
}
