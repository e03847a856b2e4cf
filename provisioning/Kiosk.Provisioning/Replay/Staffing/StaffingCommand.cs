using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary><c>kioskctl replay --staffing LOG</c>: the same arrivals under the surge rule, under the forecast, and under both.</summary>
internal sealed class StaffingCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    /// <param name="target">Waiting time that is aimed at.</param>
    /// <param name="plot">File for the picture, or null.</param>
    public async Task<int> RunAsync(string path, TimeSpan target, double share, bool json, string? plot, CancellationToken cancel)
    {
        var aim = new StaffingAim(target, share, SurgePlan.Example);
        PlotFile.Check(plot);
        var progress = new ReplayProgress(errors, time, cancel);
        var outcomes = Try(Read(path, progress), aim, progress);
        progress.Done();
        if (outcomes.Count == 0)
            throw new Trouble(ExitCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"{path} is too short to compare: a line needs {StaffingTrial.LeastDays} days with customers before the first that is forecast."));

        var halls = outcomes.GroupBy(line => line.Hall).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => StaffingRow.Of(group.Key, [.. group])).ToList();
        var overall = StaffingRow.Of(null, outcomes);
        if (plot is not null) await PlotFile.WriteAsync(plot, StaffingPlot.Svg(overall, aim), cancel);
        if (json) await output.WriteLineAsync(StaffingText.Json(halls, overall, aim).ToJsonString(Pretty));
        else foreach (var line in StaffingText.Lines(halls, overall, aim)) await output.WriteLineAsync(line);
        return ExitCode.Fine;
    }

    /// <summary>Reads <c>5m</c>, <c>90s</c> or <c>1h</c>; null where it does not have that form, or is not from a second to a day.</summary>
    public static TimeSpan? Span(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > 86_400) return null;

        TimeSpan? span = text[^1] switch { 's' => TimeSpan.FromSeconds(count), 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), _ => null };
        return span <= TimeSpan.FromDays(1) ? span : null;
    }

    private static IReadOnlyList<LineLog> Read(string path, ReplayProgress progress)
    {
        using var log = QueueLog.Open(path);
        return LineReader.Read(log.Rows().Select(row =>
        {
            progress.Tell("reading", log.Position, log.Length);
            return row;
        }));
    }

    private static List<LineOutcome> Try(IReadOnlyList<LineLog> lines, StaffingAim aim, ReplayProgress progress)
    {
        var outcomes = new List<LineOutcome>();
        foreach (var (index, line) in lines.Index())
        {
            progress.Tell("simulating", index, lines.Count);
            if (new StaffingTrial(line, aim).Run() is { } outcome) outcomes.Add(outcome);
        }

        return outcomes;
    }
}
