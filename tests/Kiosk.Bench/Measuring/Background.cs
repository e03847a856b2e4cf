namespace Kiosk.Bench.Measuring;

/// <summary>What goes on beside the other scenarios, until the run ends.</summary>
internal sealed class Background(Failures failures) : IAsyncDisposable
{
    private readonly List<IScenario> _begun = [];
    private readonly List<IAsyncDisposable> _running = [];

    /// <summary>Those that were begun and are to be measured behind the others.</summary>
    public IEnumerable<IScenario> Begun => _begun;

    public async Task BeginAsync(IBackgroundScenario scenario, BenchRun run, CancellationToken cancel)
    {
        run.Say($"{scenario.Name}: begins");
        if (await failures.MindAsync(scenario, async () => _running.Add(await scenario.BeginAsync(run, cancel)), cancel)) _begun.Add(scenario);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _running) await one.DisposeAsync();
    }
}
