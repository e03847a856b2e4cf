namespace Kiosk.Bench.Measuring;

/// <summary>Scenarios that could not be measured here, or failed: the others are still worth knowing, and the end says which are missing.</summary>
internal sealed class Failures(BenchRun run, TextWriter progress)
{
    private readonly List<string> _leftOut = [];

    /// <summary>Each scenario without figures, with the reason.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>At least one failed.</summary>
    public bool Broken { get; private set; }

    /// <returns>Whether the work was done.</returns>
    public async Task<bool> MindAsync(IScenario scenario, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
            return true;
        }
        catch (NotHereException missing)
        {
            _leftOut.Add($"{scenario.Name}: {missing.Message}");
            run.Say($"{scenario.Name} is left out: {missing.Message}");
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            Broken = true;
            _leftOut.Add($"{scenario.Name} failed: {failure.Message}");
            await progress.WriteLineAsync(failure.ToString());
        }

        return false;
    }
}
