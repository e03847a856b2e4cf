using System.Diagnostics;
using Kiosk.Bench.Measuring;
using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Bench.Waits;

/// <summary>
/// What the predictor costs per event, and whether that stays the same: a line of random customers for a million events, in parts of which the first and the last are compared. Yardstick of the
/// same run: the bookkeeping of the naive rule (mean service time, place, counters) for the same events.
/// </summary>
internal sealed class WaitsScenario : IScenario
{
    private const int Events = 1_000_000, Parts = 20, Services = 8;

    private static readonly string[] Names = [.. Enumerable.Range(0, Services).Select(n => $"service-{n}")];

    public string Name => "waits";

    public string About => "what foretelling a wait costs per event over a million events, against the bookkeeping of the naive rule";

    public Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var (line, part, measured) = (new RandomLine(1), run.Count(Events) / Parts, new List<Part>());
        using var watch = new LoadWatch();
        for (var n = 0; n < Parts; n++)
        {
            cancel.ThrowIfCancellationRequested();
            run.Tick("waits", n * part, part * Parts);
            measured.Add(Measure(line, part));
        }

        foreach (var figure in Figures(measured)) run.Report(figure with { Samples = part, Load = watch.Load });
        return Task.CompletedTask;
    }

    private static IEnumerable<Figure> Figures(List<Part> parts)
    {
        // The first part pays for the compiler: the second is the first that counts.
        var (early, late) = (parts[1], parts[^1]);
        yield return new("waits.mean", "foretelling or learning a wait, mean of an event", "µs", late.Mean)
        {
            Yardstick = new("the naive rule's bookkeeping for the same events", late.NaiveMean),
            Ratio = Sample.OfRounds([.. parts.Skip(1).Select(one => (one.NaiveMean, one.Mean))]),
            Bar = Bar.AtMost(20),
            Note = "Half of the events are joins (a wait is foretold), half calls (it is learned).",
        };
        yield return new("waits.p99", "the same, p99", "µs", late.P99) { Bar = Bar.AtMost(20), Tail = true };
        yield return new("waits.growth", "bytes allocated per event after a million events : at the beginning", "×", late.Bytes / early.Bytes) { Bar = Bar.AtMost(1.02) };
        yield return new("waits.heap", "live heap after a million events : at the beginning", "×", (double)late.Heap / early.Heap) { Bar = Bar.AtMost(1.2), Note = FormattableString.Invariant($"{early.Heap >> 10:N0} KiB, then {late.Heap >> 10:N0} KiB.") };
    }

    private static Part Measure(RandomLine line, int count)
    {
        var micros = new double[count];
        var naive = new double[count];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < count; n++)
        {
            var step = line.Next();
            var begun = Stopwatch.GetTimestamp();
            line.Predict(step);
            var between = Stopwatch.GetTimestamp();
            line.Naive(step);
            (micros[n], naive[n]) = (Micros(between - begun), Micros(Stopwatch.GetTimestamp() - between));
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new(micros.Average(), Sample.Quantile(micros, 0.5), Sample.Quantile(micros, 0.99), naive.Average(), (double)allocated / count, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private sealed record Part(double Mean, double Median, double P99, double NaiveMean, double Bytes, long Heap);

    private readonly record struct Step(int Service, double At, bool Joins);

    /// <summary>Customers come and are called at random, as many as leave; nobody waits for ever.</summary>
    private sealed class RandomLine(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Queue<(double At, WaitEstimate Told)>[] _waiting = [.. Names.Select(_ => new Queue<(double, WaitEstimate)>())];
        private readonly LinePace[] _paces = [.. Names.Select(_ => new LinePace(300))];
        private readonly (double Sum, long Count)[] _served = new (double, long)[Services];
        private WaitModel _model = WaitModel.Start;
        private double _at;
        private double _sink;

        public Step Next()
        {
            _at += _random.NextDouble() * 40;
            var service = _random.Next(Services);
            var waiting = _waiting[service].Count;
            return new(service, _at, waiting == 0 || (waiting < 30 && _random.Next(2) == 0));
        }

        public void Predict(Step step)
        {
            var (service, queue) = (step.Service, _waiting[step.Service]);
            if (step.Joins)
            {
                var told = _model.Estimate(Names[service], new(queue.Count + 1, queue.Count + 1, 3, 3, null, false, step.At % 28_800, queue.TryPeek(out var first) ? step.At - first.At : 0, _paces[service], step.At));
                _model = _model.Joined(told);
                queue.Enqueue((step.At, told));
                return;
            }

            var (since, foretold) = queue.Dequeue();
            _paces[service] = _paces[service].Called(step.At, step.At - since, queue.Count).Finished(240);
            _model = _model.Learn(Names[service], foretold, step.At - since);
        }

        public void Naive(Step step)
        {
            ref var served = ref _served[step.Service];
            if (step.Joins) _sink += (900 + served.Sum) / (3 + served.Count) * (_waiting[step.Service].Count + 1) / 3;
            else served = (served.Sum + 240, served.Count + 1);
        }
    }
}
