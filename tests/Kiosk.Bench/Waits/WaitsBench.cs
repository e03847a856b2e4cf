using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Bench.Waits;

/// <summary>
/// What the predictor costs per event, and whether that stays the same: a line of random customers for a million events, in parts of which the first and the last are compared. Yardstick of the
/// same run: the bookkeeping of the naive rule (mean service time, place, counters) for the same events.
/// </summary>
internal sealed class WaitsBench(int events, bool json, TextWriter output, TextWriter errors)
{
    private const int Parts = 20, Services = 8;

    private static readonly string[] Names = [.. Enumerable.Range(0, Services).Select(n => $"service-{n}")];

    public int Run(CancellationToken cancel)
    {
        var (line, part) = (new RandomLine(1), events / Parts);
        var measured = new List<Part>();
        for (var n = 0; n < Parts; n++)
        {
            cancel.ThrowIfCancellationRequested();
            measured.Add(Measure(line, part));
            errors.Write($"\r{(n + 1) * part:N0} events ");
        }

        errors.WriteLine();
        Show(measured, part);
        return 0;
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

    private void Show(List<Part> parts, int part)
    {
        // The first part pays for the compiler: the second is the first that counts.
        var (early, late) = (parts[1], parts[^1]);
        var ratio = Sample.Ratio([.. parts.Skip(1).Select(one => (one.NaiveMean, one.Mean))]);
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                events = part * Parts, meanMicros = late.Mean, medianMicros = late.Median, p99Micros = late.P99, naiveMeanMicros = late.NaiveMean, ratio = ratio.Median,
                bytesPerEventEarly = early.Bytes, bytesPerEventLate = late.Bytes, heapEarly = early.Heap, heapLate = late.Heap, timeGrowth = late.Median / early.Median,
            }));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"predictor, {part * Parts:N0} events over {Services} services, in parts of {part:N0}; half of them joins (a wait is foretold), half calls (a wait is learned)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  per event: mean {late.Mean:0.00} µs, median {late.Median:0.00} µs, p99 {late.P99:0.00} µs (bar: 20 µs); naive rule {late.NaiveMean:0.00} µs: {ratio}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  last part against the first that was warm: median time × {late.Median / early.Median:0.00}, bytes allocated per event {early.Bytes:0} → {late.Bytes:0}, live heap {early.Heap / 1024:N0} → {late.Heap / 1024:N0} KiB"));
    }

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
