namespace Kiosk.Provisioning.Replay;

/// <summary><c>kioskctl replay</c>: how well the waits of a real log would have been foretold.</summary>
internal sealed class ReplayCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    public async Task<int> RunAsync(string path, bool json, string? plot, CancellationToken cancel)
    {
        var progress = new ReplayProgress(errors, time, cancel);
        LogScan scan;
        using (var log = QueueLog.Open(path)) scan = LogScan.Of(log, _ => progress.Tell("reading", log.Position, log.Length));

        var figures = new ReplayFigures(scan.FirstDay);
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
            throw new Trouble(ExitCode.BadInput, $"{path}: no ticket can be scored: it needs tickets that were issued and called on one day, waited, and are of a later day than the first ({scan.FirstDay:yyyy-MM-dd}), which is learned from.");

        if (plot is not null) await PlotFile.WriteAsync(plot, ReplayPlot.Svg(Path.GetFileName(path), figures), cancel);
        if (json) await output.WriteLineAsync(ReplayJson.Of(figures));
        else foreach (var line in ReplayTable.Lines(figures)) await output.WriteLineAsync(line);
        return ExitCode.Fine;
    }
}
