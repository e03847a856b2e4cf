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
    /// <returns>0: no bar was missed; 1: at least one, or a slowdown was not seen; 2: a scenario failed.</returns>
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
            var scenarios = Scenarios.All.Where(scenario => wanted.Count == 0 || wanted.Contains(scenario.Name)).ToList();
            if (Slowdown != Slowdown.None) return await CompareAsync(machine, scratch, scenarios, cancel);

            var result = await MeasureAsync(machine, scratch, scenarios, Slowdown.None, cancel);
            await output.WriteLineAsync(Json ? FigureJson.Of(result) : FigureTable.Of(result));
            if (Plots is not null) await FigurePlots.WriteAsync(result, Plots, cancel);
            return result.Broken ? Broken : result.Missed.Any() ? BarMissed : Fine;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Everything twice, as it is and slowed: a bench that does not see the difference would not see it in a change either.</summary>
    /// <returns>1: no figure of it moved.</returns>
    private async Task<int> CompareAsync(Machine machine, DirectoryInfo scratch, IReadOnlyList<IScenario> scenarios, CancellationToken cancel)
    {
        var plain = await MeasureAsync(machine, scratch, scenarios, Slowdown.None, cancel);
        var slowed = await MeasureAsync(machine, scratch, scenarios, Slowdown, cancel);
        await output.WriteLineAsync(Json ? FigureJson.Of(slowed) : FigureTable.Of(slowed));
        var moved = SlowedFigure.Moved(plain, slowed);
        foreach (var figure in moved) await progress.WriteLineAsync(figure.ToString());
        if (moved.Count == 0) await progress.WriteLineAsync($"{Slowdown} was not seen: no figure of {string.Join(", ", scenarios.Select(scenario => scenario.Name))} lies outside of its interval without it. Scenarios that have no part in it are not slowed.");
        return plain.Broken || slowed.Broken ? Broken : moved.Count == 0 ? BarMissed : Fine;
    }

    private async Task<BenchResult> MeasureAsync(Machine machine, DirectoryInfo scratch, IReadOnlyList<IScenario> scenarios, Slowdown slowdown, CancellationToken cancel)
    {
        var run = new BenchRun(scratch.CreateSubdirectory(slowdown.ToString()).FullName, Quick, slowdown, Logs?.FullName, progress);
        var failures = new Failures(run, progress);
        await using var background = new Background(failures);
        foreach (var scenario in scenarios.OfType<IBackgroundScenario>()) await background.BeginAsync(scenario, run, cancel);
        foreach (var scenario in scenarios.Where(scenario => scenario is not IBackgroundScenario).Concat(background.Begun))
        {
            run.Say($"{scenario.Name}: {scenario.About}");
            await failures.MindAsync(scenario, () => scenario.RunAsync(run, cancel), cancel);
        }

        return new(machine, run.Elapsed, Quick, slowdown, run.Figures, failures.LeftOut, failures.Broken);
    }
}

/// <param name="LeftOut">Scenarios without figures, each with the reason.</param>
/// <param name="Broken">At least one of them failed.</param>
internal sealed record BenchResult(Machine Machine, TimeSpan Elapsed, bool Quick, Slowdown Slowdown, IReadOnlyList<Figure> Figures, IReadOnlyList<string> LeftOut, bool Broken)
{
    public IEnumerable<Figure> Missed => Figures.Where(figure => Bar.Judge(figure).Verdict == Verdict.Missed);
}
