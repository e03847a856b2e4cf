using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Key;

/// <summary>From the edge of a key to the digits on the counter's panel, with the event durable in between; against the least that durable can cost.</summary>
internal sealed class KeyScenario : IScenario
{
    private const int Presses = 20_000, Warm = 1000, LeastWaiting = 10, MostWaiting = 40;

    public string Name => "key";

    public string About => "key edge → durable → display bytes written, in the whole appliance, against one pwrite + fdatasync";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var directory = run.NewDirectory(Name);
        using var raw = new RawFile(directory);
        await using var hall = await KeyHall.StartAsync(directory, run.Slowdown, cancel);
        var (pressed, count) = (new List<Stages>(Presses), run.Count(Presses));
        var pairs = await Interleaved.MeasureAsync(run, "key, press", count, run.Quick ? 200 : Warm,
            () => Task.FromResult(raw.Time()),
            async () =>
            {
                pressed.Add(await NextAsync(hall, cancel));
                return pressed[^1].Micros;
            }, cancel);
        foreach (var figure in pairs.Figures("key", "key edge → durable → display bytes written", RawFile.Name, Bar.RatioAtMost(1.7, 1.10), Bar.RatioAtMost(2.5, 1.2)))
        {
            run.Report(figure with { Note = figure.Tail ? null : "The debounce belongs to the kernel, which tells an edge at its end: it is not in here. 10 to 40 customers wait; each press ends one service and calls the next customer (2 events)." });
        }

        foreach (var (id, title, micros) in Stages.All)
        {
            var values = pressed.TakeLast(count).Select(micros).ToArray();
            run.Report(new($"key.stage.{id}", "  " + title, "µs", Sample.Quantile(values, 0.5)) { Samples = count });
        }
    }

    // A press into which the clock's own event or a refresh of the panels fell is pressed again: one in some thousand.
    private static async Task<Stages> NextAsync(KeyHall hall, CancellationToken cancel)
    {
        while (true)
        {
            await hall.FillAsync(LeastWaiting, MostWaiting, cancel);
            if (await hall.PressAsync(cancel) is { Clean: true } stages) return stages;
        }
    }
}
