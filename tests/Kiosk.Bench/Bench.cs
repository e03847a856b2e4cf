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
            var (failures, wantedOnes) = (new Failures(run, progress), Scenarios.All.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name)).ToList());
            await using var background = new Background(failures);
            foreach (var scenario in wantedOnes.OfType<IBackgroundScenario>()) await background.BeginAsync(scenario, run, cancel);
            foreach (var scenario in wantedOnes.Where(scenario => scenario is not IBackgroundScenario).Concat(background.Begun))
            {
                run.Say($"{scenario.Name}: {scenario.About}");
                await failures.MindAsync(scenario, () => scenario.RunAsync(run, cancel), cancel);
            }

            var result = new BenchResult(machine, run.Elapsed, Quick, Slowdown, run.Figures, failures.LeftOut);
            await output.WriteLineAsync(Json ? FigureJson.Of(result) : FigureTable.Of(result));
            if (Plots is not null) await FigurePlots.WriteAsync(result, Plots, cancel);
            return failures.Broken ? Broken : result.Missed.Any() ? BarMissed : Fine;
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
