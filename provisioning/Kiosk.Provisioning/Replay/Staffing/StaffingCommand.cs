using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary><c>kioskctl replay --staffing LOG</c>: the same arrivals under the surge rule, under the forecast, and under both.</summary>
/// <param name="time">For the progress.</param>
internal sealed class StaffingCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(2);
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    /// <param name="target">Waiting time that is aimed at.</param>
    /// <param name="plot">File for the picture, or null.</param>
    public async Task<int> RunAsync(string path, TimeSpan target, double share, bool json, string? plot, CancellationToken cancel)
    {
        var aim = new StaffingAim(target, share, SurgePlan.Example);
        var lines = Read(path, cancel);
        var outcomes = Try(lines, aim, cancel);
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

    private IReadOnlyList<LineLog> Read(string path, CancellationToken cancel)
    {
        using var log = QueueLog.Open(path);
        var said = time.GetTimestamp();
        IEnumerable<LogRow> Rows()
        {
            foreach (var row in log.Rows())
            {
                if (time.GetElapsedTime(said) >= SayEvery)
                {
                    cancel.ThrowIfCancellationRequested();
                    said = time.GetTimestamp();
                    errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reading: {100.0 * log.Position / Math.Max(1, log.Length):0} %"));
                }

                yield return row;
            }
        }

        return LineReader.Read(Rows());
    }

    private List<LineOutcome> Try(IReadOnlyList<LineLog> lines, StaffingAim aim, CancellationToken cancel)
    {
        var (outcomes, said) = (new List<LineOutcome>(), time.GetTimestamp());
        foreach (var (index, line) in lines.Index())
        {
            cancel.ThrowIfCancellationRequested();
            if (new StaffingTrial(line, aim).Run() is { } outcome) outcomes.Add(outcome);
            if (time.GetElapsedTime(said) < SayEvery) continue;

            said = time.GetTimestamp();
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"simulating: line {index + 1} of {lines.Count}"));
        }

        return outcomes;
    }
}
