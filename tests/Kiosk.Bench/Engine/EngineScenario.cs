using System.Diagnostics;
using System.Globalization;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;
using Kiosk.Domain.Hall;

namespace Kiosk.Bench.Engine;

/// <summary>How many durable events a second the engine takes when 1 to 64 counters press at once, against one writer that makes one block durable after the other.</summary>
internal sealed class EngineScenario : IScenario
{
    private const int Rounds = 7, Judged = 64;

    private static readonly int[] Sizes = [1, 4, 16, Judged];
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(300), Long = TimeSpan.FromMilliseconds(800), Short = TimeSpan.FromMilliseconds(200);

    public string Name => "engine";

    public string About => "durable events a second with 1 to 64 counters pressing at once, against the rate of one pwrite + fdatasync after the other";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var directory = run.NewDirectory(Name);
        using var raw = new RawFile(directory);
        using var watch = new LoadWatch();
        var (lasts, rounds, measured) = (run.Quick ? Short : Long, run.Quick ? 3 : Rounds, Sizes.ToDictionary(size => size, _ => new List<(double Raw, Rate Ours)>()));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var size in Sizes)
            {
                run.Tick("engine, round", round + 1, rounds);
                var plain = RawRate(raw, lasts / 2);
                measured[size].Add((plain, await RateAsync(run.NewDirectory(Name), size, run.Slowdown, lasts, cancel)));
            }
        }

        foreach (var size in Sizes) run.Report(Figure(size, measured[size], watch.Load, measured));
    }

    private static Figure Figure(int size, List<(double Raw, Rate Ours)> rounds, MachineLoad load, Dictionary<int, List<(double Raw, Rate Ours)>> all)
    {
        var per = Sample.Quantile(rounds.Select(round => round.Ours.PerTransaction), 0.5);
        return new(string.Create(CultureInfo.InvariantCulture, $"engine.{size}"), string.Create(CultureInfo.InvariantCulture, $"durable events with {size} counter{(size == 1 ? "" : "s")} pressing at once"), "/s", Middle(rounds, round => round.Ours.Events))
        {
            Yardstick = new(RawFile.Name + ", one after the other", Middle(rounds, round => round.Raw)),
            Ratio = Sample.OfRounds([.. rounds.Select(round => (round.Raw, round.Ours.Events))]),
            Bar = size == Judged ? Bar.RatioAtLeast(6, 10) : null,
            Samples = rounds.Count,
            Load = load,
            Note = string.Create(CultureInfo.InvariantCulture, $"{per:0.0} events in a transaction."),
            Plot = size == Judged ? Curve(all) : null,
        };
    }

    private static Plot.Curve Curve(Dictionary<int, List<(double Raw, Rate Ours)>> all) => new("counters pressing at once", "durable events a second",
    [
        ("engine and journal", [.. all.Select(size => ((double)size.Key, Middle(size.Value, round => round.Ours.Events)))]),
        (RawFile.Name, [.. all.Select(size => ((double)size.Key, Middle(size.Value, round => round.Raw)))]),
    ]);

    private static double Middle(List<(double Raw, Rate Ours)> rounds, Func<(double Raw, Rate Ours), double> of) => Sample.Quantile(rounds.Select(of), 0.5);

    private static double RawRate(RawFile raw, TimeSpan lasts)
    {
        var (begun, blocks) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(begun) < lasts)
        {
            raw.Write();
            blocks++;
        }

        return blocks / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Each counter works by itself: somebody takes a ticket, is called (which ends the service before) and begun; every press waits for its answer.</summary>
    private static async Task<Rate> RateAsync(string directory, int counters, Slowdown slowdown, TimeSpan lasts, CancellationToken cancel)
    {
        var rate = default(Rate);
        await using (var hall = await EngineHall.StartAsync(directory, counters, printing: false, slowdown, cancel))
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var working = Enumerable.Range(1, counters).Select(number => Task.Run(() => WorkAsync(hall, new(number), over.Token), cancel)).ToList();
            await Task.Delay(Warm, cancel);
            var (seq, transactions, begun) = (hall.Journal.LastSeq, hall.Journal.Transactions, Stopwatch.GetTimestamp());
            await Task.Delay(lasts, cancel);
            var (events, commits) = (hall.Journal.LastSeq - seq, hall.Journal.Transactions - transactions);
            rate = new(events / Stopwatch.GetElapsedTime(begun).TotalSeconds, (double)events / commits);
            await over.CancelAsync();
            await Task.WhenAll(working);
            Check(hall);
        }

        Directory.Delete(directory, recursive: true);
        return rate;
    }

    private static async Task WorkAsync(EngineHall hall, CounterId counter, CancellationToken over)
    {
        // What was asked is answered: nothing is cancelled in the middle.
        while (!over.IsCancellationRequested)
        {
            await hall.TakeAsync(CancellationToken.None);
            await hall.AskAsync(new HallCommand.CallNext(counter, SitDown: true), CancellationToken.None);
            await hall.AskAsync(new HallCommand.Begin(counter), CancellationToken.None);
        }
    }

    // The journal says the same as the hall: no number twice, nobody called twice, nothing lost.
    private static void Check(EngineHall hall)
    {
        var facts = hall.Journal.Read(0, int.MaxValue);
        var issued = facts.Select(one => one.Fact).OfType<HallEvent.TicketIssued>().Select(fact => fact.Number).ToList();
        var called = facts.Select(one => one.Fact).OfType<HallEvent.TicketCalled>().Select(fact => fact.Ticket).ToList();
        if (facts.Count != hall.Journal.LastSeq) throw new InvalidOperationException($"{facts.Count} events in the journal, the last is number {hall.Journal.LastSeq}.");
        if (issued.Distinct().Count() != issued.Count) throw new InvalidOperationException("A number was issued twice.");
        if (called.Distinct().Count() != called.Count) throw new InvalidOperationException("A ticket was called twice.");
        if (issued.Count - called.Count != hall.State.Waiting) throw new InvalidOperationException($"{issued.Count} were issued and {called.Count} called, but {hall.State.Waiting} wait.");
    }

    /// <param name="Events">A second.</param>
    private readonly record struct Rate(double Events, double PerTransaction);
}
