using System.Diagnostics;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;
using Kiosk.Domain.Hall;

namespace Kiosk.Bench.Growth;

/// <summary>Call-next with few and with very many people waiting, one of each in turn: whoever is next must not be searched.</summary>
internal sealed class WaitingScenario : IScenario
{
    private const int Pairs = 1500, Warm = 100, DecisionPairs = 3000, AtOnce = 2000;

    private const string Few = "the same with 10 waiting";

    private static readonly CounterId Counter = new(1);

    private static readonly int[] Sizes = [100, 1000, 10_000, 100_000];

    public string Name => "waiting";

    public string About => "calling the next of 100 to 100,000 people who wait, against the next of 10";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var small = await HallAsync(run, 10, cancel);
        var (commands, decisions) = (new Growing(), new Growing());
        foreach (var size in Sizes.Where(size => !run.Quick || size <= 10_000))
        {
            await using var large = await HallAsync(run, size, cancel);
            var durable = await Interleaved.MeasureAsync(run, $"call-next with {size:N0} waiting", run.Count(Pairs), Warm, () => CallAsync(small, cancel), () => CallAsync(large, cancel), cancel);
            var pure = await Interleaved.MeasureAsync(run, "the decision alone", run.Count(DecisionPairs), Warm * 10, () => Task.FromResult(Decide(small.State)), () => Task.FromResult(Decide(large.State)), cancel);
            commands.Add(size, durable);
            decisions.Add(size, pure);
            if (large.State.Waiting != size) throw new InvalidOperationException($"{large.State.Waiting} wait where {size} should.");
            if (size != Sizes[^1] && !(run.Quick && size == 10_000)) continue;

            run.Report(Of("waiting.call", $"call-next, durable, with {size:N0} waiting, median", durable) with { Bar = run.Quick ? null : Bar.RatioAtMost(1.2, 1.02), Plot = commands.Curve("people who wait", Few) });
            run.Report(Of("waiting.decide", $"the decision and its fold alone with {size:N0} waiting, median", pure) with { Plot = decisions.Curve("people who wait", Few), Note = "Without the journal: what would grow shows here first. Whoever waits stands in a balanced tree." });
        }
    }

    private static async Task<EngineHall> HallAsync(BenchRun run, int waiting, CancellationToken cancel)
    {
        var hall = await EngineHall.StartAsync(run.NewDirectory("waiting"), 1, printing: false, run.Slowdown, cancel);
        await hall.AskAsync(new HallCommand.OpenCounter(Counter), cancel);
        for (var n = 0; n < waiting; n += AtOnce)
        {
            run.Tick("people come", n, waiting);
            await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, waiting - n)).Select(_ => hall.TakeAsync(cancel)));
        }

        return hall;
    }

    /// <returns>Microseconds of the call; the place of whoever was called is taken by another afterwards.</returns>
    private static async Task<double> CallAsync(EngineHall hall, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await hall.AskAsync(new HallCommand.CallNext(Counter), cancel);
        var took = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        if (!answer.Events.Any(recorded => recorded.Fact is HallEvent.TicketCalled)) throw new InvalidOperationException("Nobody was called.");
        await hall.TakeAsync(cancel);
        return took;
    }

    private static double Decide(HallState hall) => Interleaved.Time(() =>
    {
        var at = DateTimeOffset.UtcNow;
        GC.KeepAlive(HallDecider.Evolve(hall, HallDecider.Decide(hall, new HallCommand.CallNext(Counter), at), at));
    });

    private static Figure Of(string id, string title, Interleaved measured) => new(id, title, "µs", Sample.Quantile(measured.Pairs.Select(pair => pair.Ours), 0.5))
    {
        Yardstick = new(Few, Sample.Quantile(measured.Pairs.Select(pair => pair.Yardstick), 0.5)),
        Ratio = Sample.Ratio(measured.Pairs, 0.5),
        Samples = measured.Pairs.Count,
        Load = measured.Load,
    };
}
