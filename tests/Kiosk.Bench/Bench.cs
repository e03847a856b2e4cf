using Kiosk.Bench.Measuring;
using Kiosk.Bench.Showing;

namespace Kiosk.Bench;

/// <summary>Runs the scenarios one after the other and shows what they found.</summary>
internal sealed class Bench(TextWriter output, TextWriter progress)
{
    private const int Fine = 0, BarMissed = 1, Broken = 2;

    public bool Json { get; init; }

    /// <summary>Where the pictures go; null: nowhere.</summary>
    public DirectoryInfo? Plots { get; init; }

    public bool Quick { get; init; }

    public required DirectoryInfo Data { get; init; }

    public DirectoryInfo? Logs { get; init; }

    public Slowdown Slowdown { get; init; }

    public static int List(TextWriter output)
    {
        foreach (var scenario in Scenarios.All) output.WriteLine($"{scenario.Name,-12} {scenario.About}");
        return Fine;
    }

    /// <param name="wanted">Names of scenarios; none: all.</param>
    /// <returns>0: no bar was missed; 1: at least one; 2: a scenario failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        if (Logs is { Exists: false })
        {
            await progress.WriteLineAsync($"--logs: there is no directory {Logs.FullName}");
            return Broken;
        }

        Data.Create();
        var scratch = Directory.CreateDirectory(Path.Combine(Data.FullName, Guid.NewGuid().ToString("N")[..8]));
        try
        {
            var machine = Machine.Here(scratch.FullName, AppContext.BaseDirectory);
            await progress.WriteLineAsync(machine.ToString());
            var run = new BenchRun(scratch.FullName, Quick, Slowdown, Logs?.FullName, progress);
            var leftOut = new List<string>();
            var broken = false;
            foreach (var scenario in Scenarios.All.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name)))
            {
                run.Say($"{scenario.Name}: {scenario.About}");
                try
                {
                    await scenario.RunAsync(run, cancel);
                }
                catch (NotHereException missing)
                {
                    leftOut.Add($"{scenario.Name}: {missing.Message}");
                    run.Say($"{scenario.Name} is left out: {missing.Message}");
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // The others are still worth knowing; the end says that this one is not.
                    broken = true;
                    leftOut.Add($"{scenario.Name} failed: {failure.Message}");
                    await progress.WriteLineAsync(failure.ToString());
                }
            }

            var result = new BenchResult(machine, run.Elapsed, Quick, Slowdown, run.Figures, leftOut);
            await output.WriteLineAsync(Json ? FigureJson.Of(result) : FigureTable.Of(result));
            if (Plots is not null) await FigurePlots.WriteAsync(result, Plots, cancel);
            return broken ? Broken : result.Missed.Any() ? BarMissed : Fine;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}

/// <param name="LeftOut">Scenarios without figures, each with the reason.</param>
internal sealed record BenchResult(Machine Machine, TimeSpan Elapsed, bool Quick, Slowdown Slowdown, IReadOnlyList<Figure> Figures, IReadOnlyList<string> LeftOut)
{
    public IEnumerable<Figure> Missed => Figures.Where(figure => Bar.Judge(figure).Verdict == Verdict.Missed);
}
