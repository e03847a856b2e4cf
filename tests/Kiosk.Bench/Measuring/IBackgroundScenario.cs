namespace Kiosk.Bench.Measuring;

/// <summary>A subject that takes time and nearly nothing of the machine: begun before the other scenarios, and measured behind them.</summary>
internal interface IBackgroundScenario : IScenario
{
    /// <returns>What is to be disposed of when the run ends, whether it was measured or not.</returns>
    /// <exception cref="NotHereException">As in <see cref="IScenario.RunAsync"/>, which is not called then.</exception>
    Task<IAsyncDisposable> BeginAsync(BenchRun run, CancellationToken cancel);
}
