namespace Kiosk.Bench.Measuring;

internal enum Verdict
{
    /// <summary>It has no bar.</summary>
    Shown,

    /// <summary>Better than the bar, and as good as the dream.</summary>
    Dreamt,
    Met,
    Missed,

    /// <summary>Not measured, too few samples, or the machine was crowded.</summary>
    NotJudged,
}

/// <summary>Where a figure is to be.</summary>
/// <param name="Limit">Must be kept.</param>
/// <param name="Dream">Where we want to be; null: the limit is all that is asked.</param>
/// <param name="OfRatio">It is held against the ratio to the yardstick; otherwise against ours.</param>
/// <param name="AtLeast">More is better; otherwise less is.</param>
internal sealed record Bar(double Limit, double? Dream, bool OfRatio, bool AtLeast)
{
    /// <summary>Samples below which a p99 says nothing.</summary>
    public const int TailSamples = 20_000;

    public static Bar RatioAtMost(double limit, double? dream = null) => new(limit, dream, true, false);

    public static Bar RatioAtLeast(double limit, double? dream = null) => new(limit, dream, true, true);

    public static Bar AtMost(double limit, double? dream = null) => new(limit, dream, false, false);

    public static Bar AtLeastOf(double limit, double? dream = null) => new(limit, dream, false, true);

    /// <returns>The verdict, and why where it is not judged.</returns>
    public static (Verdict Verdict, string? Why) Judge(Figure figure)
    {
        if (figure.NotJudged is { } why) return (Verdict.NotJudged, why);
        if (figure.Bar is not { } bar || figure.Quick) return (Verdict.Shown, null);
        if (figure.Tail && figure.Samples < TailSamples) return (Verdict.NotJudged, $"{figure.Samples:N0} samples, a p99 needs {TailSamples:N0}");
        if (figure.Tail && figure.Load is { Crowded: true } load) return (Verdict.NotJudged, load.Sentence);
        if (bar.OfRatio && figure.Ratio is null) return (Verdict.NotJudged, "its yardstick was not measured");

        var value = bar.OfRatio ? figure.Ratio!.Value.Middle : figure.Ours;
        if (!bar.Keeps(value, bar.Limit)) return (Verdict.Missed, null);
        return (bar.Dream is { } dream && bar.Keeps(value, dream) ? Verdict.Dreamt : Verdict.Met, null);
    }

    private bool Keeps(double value, double limit) => AtLeast ? value >= limit : value <= limit;
}
