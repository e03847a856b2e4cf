using System.Globalization;
using System.Text;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Showing;

/// <summary>The figures as lines for a terminal, and what they mean: every bar that was missed by name.</summary>
internal static class FigureTable
{
    private const int TitleWidth = 68;

    public static string Of(BenchResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(result.Machine.ToString());
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"",-TitleWidth} {"yardstick",12} {"ours",12}   {"ours : yardstick",-26} {"bar",10} {"dream",8}  verdict");
        var scenario = "";
        foreach (var figure in result.Figures)
        {
            if (scenario.Length > 0 && scenario != Scenario(figure)) text.AppendLine();
            scenario = Scenario(figure);
            text.AppendLine(Line(figure));
        }

        text.AppendLine();
        Notes(text, result);
        text.Append(Sum(result));
        return text.ToString();
    }

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Dreamt => "dream",
        Verdict.Met => "met",
        Verdict.Missed => "MISSED",
        Verdict.NotJudged => "not judged",
        _ => "",
    };

    /// <summary>Three digits that count, whatever the size.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Scenario(Figure figure) => figure.Id.Split('.')[0];

    private static string Line(Figure figure)
    {
        var ours = $"{Number(figure.Ours)} {figure.Unit}";
        var yardstick = figure.Yardstick is { } plain ? $"{Number(plain.Value)} {figure.Unit}" : "";
        var ratio = figure.Ratio is { } interval ? $"{Number(interval.Middle)} × ({Number(interval.Low)} to {Number(interval.High)})" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{figure.Title,-TitleWidth} {yardstick,12} {(double.IsNaN(figure.Ours) ? "–" : ours),12}   {ratio,-26} {Limit(figure.Bar, figure.Unit, figure.Bar?.Limit),10} {Limit(figure.Bar, figure.Unit, figure.Bar?.Dream),8}  {Word(Bar.Judge(figure).Verdict)}").TrimEnd();
    }

    private static string Limit(Bar? bar, string unit, double? limit) =>
        bar is null || limit is null ? "" : $"{(bar.AtLeast ? "≥" : "≤")} {Number(limit.Value)} {(bar.OfRatio ? "×" : unit)}";

    private static void Notes(StringBuilder text, BenchResult result)
    {
        foreach (var yardstick in result.Figures.Where(figure => figure.Yardstick is not null).GroupBy(figure => figure.Yardstick!.Name))
            text.AppendLine(CultureInfo.InvariantCulture, $"yardstick of {string.Join(", ", yardstick.Select(figure => figure.Id))}: {yardstick.Key}");
        foreach (var figure in result.Figures)
        {
            if (figure.Note is { } note) text.AppendLine(CultureInfo.InvariantCulture, $"{figure.Id}: {note}");
            if (Bar.Judge(figure) is (Verdict.NotJudged, { } why)) text.AppendLine(CultureInfo.InvariantCulture, $"{figure.Id} is not judged: {why}");
        }

        foreach (var left in result.LeftOut) text.AppendLine(CultureInfo.InvariantCulture, $"left out: {left}");
    }

    private static string Sum(BenchResult result)
    {
        var verdicts = result.Figures.CountBy(figure => Bar.Judge(figure).Verdict).ToDictionary();
        int Count(Verdict verdict) => verdicts.GetValueOrDefault(verdict);
        var sum = new StringBuilder();
        sum.Append(CultureInfo.InvariantCulture, $"{Count(Verdict.Met) + Count(Verdict.Dreamt)} bars met, {Count(Verdict.Dreamt)} of them the dream; {Count(Verdict.Missed)} missed; {Count(Verdict.NotJudged)} not judged; {result.Elapsed:m\\:ss} min");
        if (result.Quick) sum.Append(", quick: few samples");
        if (result.Slowdown != Slowdown.None) sum.Append(CultureInfo.InvariantCulture, $", slowed on purpose: {result.Slowdown}");
        foreach (var missed in result.Missed) sum.AppendLine().Append(CultureInfo.InvariantCulture, $"MISSED: {missed.Title}: {Value(missed)}, the bar is {Limit(missed.Bar, missed.Unit, missed.Bar!.Limit)}");
        return sum.ToString();
    }

    private static string Value(Figure figure) => figure.Bar!.OfRatio ? $"{Number(figure.Ratio!.Value.Middle)} ×" : $"{Number(figure.Ours)} {figure.Unit}";
}
