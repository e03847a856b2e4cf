namespace Kiosk.Provisioning.Replay;

/// <summary><c>kioskctl replay</c>: how well the waits of a real log would have been foretold.</summary>
internal sealed class ReplayCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <param name="wanted">Of the days, only from here on are scored; null, or the first day of the log: all but the first.</param>
    public async Task<int> RunAsync(string path, DateOnly? wanted, bool json, string? plot, CancellationToken cancel)
    {
        PlotFile.Check(plot);
        var progress = new ReplayProgress(errors, time, cancel);
        LogScan scan;
        using (var log = QueueLog.Open(path)) scan = LogScan.Of(log, _ => progress.Tell("reading", log.Position, log.Length));

        // Somebody has to be learned from.
        var from = wanted > scan.FirstDay ? wanted.Value : scan.FirstDay.AddDays(1);
        var figures = new ReplayFigures(from);
        using (var log = QueueLog.Open(path))
        {
            foreach (var ticket in new Replayer(scan).Run(log.Rows()))
            {
                figures.Add(ticket);
                progress.Tell("replaying", log.Position, log.Length);
            }
        }

        progress.Done();
        if (figures.All.Scored == 0)
            throw new Trouble(ExitCode.BadInput, $"{path}: no ticket can be scored: it needs tickets that were issued and called on one day, waited, and are of {from:yyyy-MM-dd} or later: what is before is learned from.");

        if (plot is not null) await PlotFile.WriteAsync(plot, ReplayPlot.Svg(Path.GetFileName(path), figures), cancel);
        if (json) await output.WriteLineAsync(ReplayJson.Of(figures));
        else foreach (var line in ReplayTable.Lines(figures)) await output.WriteLineAsync(line);
        return ExitCode.Fine;
    }
}
