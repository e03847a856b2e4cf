using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Logs;

/// <summary>Real queue logs replayed through the predictor by kioskctl, the naive rule scored beside it. The logs are not part of the product: where they lie is said with --logs.</summary>
internal sealed class LogsScenario : IScenario
{
    private static readonly Bar Bank = Bar.RatioAtMost(0.87, 0.83), Offices = Bar.RatioAtMost(0.77, 0.72);

    public string Name => "logs";

    public string About => "the error and the coverage of the waits that would have been told, on real queue logs (--logs DIR)";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        if (run.Logs is null) throw new NotHereException("no queue logs were given: --logs DIR (one event per row: hall,day,time,event,service,ticket,priority,counter; *.csv or *.csv.gz)");

        var logs = Directory.GetFiles(run.Logs).Where(file => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (logs.Count == 0) throw new NotHereException($"{run.Logs} has no *.csv or *.csv.gz");
        foreach (var log in logs)
        {
            run.Say($"replaying {Path.GetFileName(log)}");
            foreach (var figure in Figures(Path.GetFileName(log), await ReplayAsync(log, cancel))) run.Report(figure);
        }
    }

    private static IEnumerable<Figure> Figures(string file, JsonElement overall)
    {
        double Of(string name) => overall.GetProperty(name).GetDouble();
        var (name, samples) = (file.Split('.')[0], overall.GetProperty("scored").GetInt32());
        var bar = name.StartsWith("bank", StringComparison.Ordinal) ? Bank : name.StartsWith("city", StringComparison.Ordinal) ? Offices : null;
        yield return new($"logs.{name}.error", $"{name}: mean error of the wait that is told", "s", Of("mae"))
        {
            Yardstick = new("the naive rule, scored on the same tickets", Of("naiveMae")),
            Ratio = new(Of("ratio"), Of("ratio"), Of("ratio")),
            Bar = bar,
            Samples = samples,
            Note = "The whole log is one sample: the ratio has no interval.",
        };
        yield return new($"logs.{name}.coverage", $"{name}: waits outside of 0.90 in the range of nine in ten, by how much", "", Math.Abs(Of("coverage90") - 0.9))
        {
            Bar = Bar.AtMost(0.02),
            Samples = samples,
            Note = string.Create(CultureInfo.InvariantCulture, $"Coverage {Of("coverage90"):0.000} of 0.90 and {Of("coverage50"):0.000} of 0.50, mean widths {Of("width90"):0} s and {Of("width50"):0} s."),
        };
    }

    private static async Task<JsonElement> ReplayAsync(string log, CancellationToken cancel)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var kioskctl = Path.Combine(folder.FullName, "..", "..", "Kiosk.Provisioning", folder.Name, "kioskctl.dll");
        if (!File.Exists(kioskctl)) throw new NotHereException($"{Path.GetFullPath(kioskctl)} is missing: build the solution first");

        using var replay = Process.Start(new ProcessStartInfo("dotnet", [kioskctl, "replay", log, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var (said, complaint) = (replay.StandardOutput.ReadToEndAsync(cancel), replay.StandardError.ReadToEndAsync(cancel));
            await replay.WaitForExitAsync(cancel);
            if (replay.ExitCode != 0) throw new InvalidOperationException($"kioskctl replay {Path.GetFileName(log)} ended with {replay.ExitCode}: {await complaint}");
            return JsonDocument.Parse(await said).RootElement.GetProperty("overall");
        }
        finally
        {
            if (!replay.HasExited) replay.Kill();
        }
    }
}
