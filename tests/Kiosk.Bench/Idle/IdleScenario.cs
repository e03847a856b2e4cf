using System.Diagnostics;
using System.Globalization;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Idle;

/// <summary>What a hall writes in ten minutes in which nothing happens.</summary>
internal sealed class IdleScenario : IBackgroundScenario
{
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(10), Quick = TimeSpan.FromSeconds(20), Look = TimeSpan.FromSeconds(1);

    private IdleHost? _host;

    public string Name => "idle";

    public string About => "bytes that reach a private disk in ten idle minutes of the real host (beside the other scenarios)";

    public async Task<IAsyncDisposable> BeginAsync(BenchRun run, CancellationToken cancel) => _host = await IdleHost.StartAsync(run, cancel);

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var (host, idles) = (_host ?? throw new InvalidOperationException("It was not begun."), run.Quick ? Quick : Whole);
        while (Stopwatch.GetElapsedTime(host.Since) is var passed && passed < idles)
        {
            run.Tick("idle, second", (int)passed.TotalSeconds, (int)idles.TotalSeconds);
            await Task.Delay(Look, cancel);
        }

        var minutes = Stopwatch.GetElapsedTime(host.Since).TotalMinutes;
        var bytes = await host.WrittenAsync(cancel);
        run.Report(new("idle.bytes", "bytes written in 10 idle minutes", "bytes", bytes)
        {
            Bar = Bar.AtMost(0, 0),
            NotJudged = run.Quick ? "a quick run watches for a few seconds only" : null,
            Note = string.Create(CultureInfo.InvariantCulture, $"Counted over {minutes:0.0} minutes: the day is open, every device is emulated, nobody comes."),
        });
    }
}
