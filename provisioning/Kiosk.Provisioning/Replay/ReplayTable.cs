using System.Globalization;

namespace Kiosk.Provisioning.Replay;

/// <summary>A replay's figures as text.</summary>
internal static class ReplayTable
{
    public static IEnumerable<string> Lines(ReplayFigures figures)
    {
        var name = Math.Max(7, figures.Halls.Keys.Max(hall => hall.Length));
        yield return $"{"".PadRight(name)}  tickets  mean wait |  error   naive  last  head   ratio    bias |  50 %  width   90 %  width";
        foreach (var (hall, score) in figures.Halls) yield return Line(hall.PadRight(name), score);
        yield return Line("overall".PadRight(name), figures.All);
        yield return Line("with 0s".PadRight(name), figures.WithZeros);
        yield return "";
        yield return "error: mean absolute error of the predictor, in seconds; naive: of mean service time · place / open counters; last: of the wait of the last customer called;";
        yield return "head: of the age of the longest waiter; ratio: error / naive; bias: mean of foretold − real; 50 % and 90 %: share of waits within the ranges of that";
        yield return "name, and the mean width of these. The first day is learned from and not scored; \"with 0s\" counts also those who did not wait.";
    }

    private static string Line(string name, ReplayScore of) => string.Create(CultureInfo.InvariantCulture,
        $"{name} {of.Scored,8} {of.MeanWait,10:0.0} | {of.Mae,6:0.0} {of.NaiveMae,7:0.0} {of.LastServedMae,5:0} {of.HeadOfLineMae,5:0} {of.Ratio,7:0.000} {of.Bias,7:0.0} | {of.Coverage50,5:0.000} {of.Width50,6:0} {of.Coverage90,6:0.000} {of.Width90,6:0}");
}
