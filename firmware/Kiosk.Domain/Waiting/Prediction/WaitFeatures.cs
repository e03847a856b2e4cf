namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>The facts as the regression takes them: logarithms of ratios to what queueing theory expects, so that 0 means "as expected" and lines of minutes and of hours are alike.</summary>
public static class WaitFeatures
{
    /// <summary>Ratios beyond e² say no more.</summary>
    private const double Farthest = 2;

    /// <summary>Service times after which a line counts as standing still.</summary>
    private const double Still = 4;

    /// <summary>Half of an office's day: time of day is counted from its middle.</summary>
    private const double HalfDay = 4 * 3600;

    /// <summary>What is taken for the weights before anything is learned: rounded from the first days of two real logs (a call centre, offices of a city).</summary>
    internal static readonly double[] Prior =
    [
        -0.1, -0.05, 0.1,
        0.05, 0.05,
        0.07, 0.05,
        0.03, 0, 0,
        0.15, -0.25, -0.1,
        -0.05, -0.15,
        0.1, 0, 0, 0, 0,
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Prior.Length;

    /// <summary>The wait by theory: each customer in front takes a counter's service time.</summary>
    public static double Theory(in LineFacts facts) => facts.Pace.Service / facts.Counters * facts.Place;

    /// <param name="usual">Time per customer of a usual line of this hall, seconds.</param>
    public static double[] Of(in LineFacts facts, double usual)
    {
        var pace = facts.Pace;
        var each = pace.Service / facts.Counters;
        var theory = each * facts.Place;
        var soft = each * 0.3;
        var alone = facts.Length == 1;
        var since = pace.LastCall is { } call ? Math.Clamp((facts.At - call) / each, 0, Still) : 0;
        var hour = (facts.SinceOpening / HalfDay) - 1;
        return
        [
            1,
            Math.Log(facts.Place) - 0.7,
            Math.Log(pace.NowPerCall(each) / each),
            alone ? 0 : Ratio(facts.Oldest, theory, soft),
            alone ? 1 : 0,
            pace.LastWait is { } last ? Ratio(last, theory, soft) : 0,
            pace.LastWait is null ? 1 : 0,
            since,
            pace.LastCall is null ? 1 : 0,
            alone ? since : 0,
            Math.Log(facts.Counters) - 1,
            Math.Log(each / usual),
            Math.Log((double)facts.Length / facts.Place),
            hour,
            hour * hour,
            Math.Log(pace.TodayPerCall(each) / each),
            facts.Serving is { } serving ? Math.Clamp(Math.Log(Math.Max(serving, 1) / (double)facts.Counters), -1, 1) : 0,
            facts.OfService is { } own ? Math.Log((1.0 + own) / facts.Length) + 0.7 : 0,
            facts.Priority ? 1 : 0,
            Math.Log(pace.UsualPerCall(each) / each),
        ];
    }

    private static double Ratio(double seen, double theory, double soft) => Math.Clamp(Math.Log((seen + soft) / (theory + soft)), -Farthest, Farthest);
}
