using System.Diagnostics;
using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Reporting;

/// <summary>From the journal to a subscriber, against what publishes the same bytes and does nothing else.</summary>
internal sealed class ReportingScenario : IScenario
{
    private const int Events = 20_000, Samples = 20_000, Rounds = 5, Warm = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => "reporting";

    public string About => "events to the store over a real broker, against mosquitto_pub (throughput) and a bare publish (latency)";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var directory = run.NewDirectory(Name);
        var port = ServerProcess.AnyPort();
        await File.WriteAllTextAsync(Path.Combine(directory, "mosquitto.conf"),
            $"user {Environment.UserName}\nlistener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 1000\nset_tcp_nodelay true\nlog_dest none\n", cancel);
        using var broker = Process.Start(new ProcessStartInfo(Tool("mosquitto"), ["-c", Path.Combine(directory, "mosquitto.conf")]) { RedirectStandardError = true })!;
        try
        {
            var address = new BrokerAddress("127.0.0.1", port, Tls: false);
            await ThroughputAsync(run, directory, address, cancel);
            await LatencyAsync(run, directory, address, cancel);
        }
        finally
        {
            broker.Kill();
            await broker.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task ThroughputAsync(BenchRun run, string directory, BrokerAddress broker, CancellationToken cancel)
    {
        using var watch = new LoadWatch();
        var rounds = new List<(double Yardstick, double Ours)>();
        for (var round = 1; round <= Rounds; round++)
        {
            run.Tick("throughput, round", round, Rounds);
            await using var hall = new BenchHall(Path.Combine(directory, $"round-{round}"));
            hall.Fill(run.Count(Events));
            var lines = Path.Combine(directory, "lines");
            await File.WriteAllBytesAsync(lines, [.. hall.Payloads().SelectMany(payload => payload.Append((byte)'\n'))], cancel);
            var count = (int)hall.LastSeq;
            rounds.Add((await PipeAsync(broker, lines, count, cancel), await FollowAsync(hall, broker, count, cancel)));
        }

        run.Report(new("reporting.rate", "events to a subscriber", "/s", Sample.Quantile(rounds.Select(round => round.Ours), 0.5))
        {
            Yardstick = new("mosquitto_pub -l of the same payloads, QoS 1", Sample.Quantile(rounds.Select(round => round.Yardstick), 0.5)),
            Ratio = Sample.OfRounds(rounds),
            Samples = Rounds,
            Load = watch.Load,
            Note = "Ours reads, masks and encodes the journal's events.",
        });
    }

    /// <summary>mosquitto_pub reads the same payloads from a file, QoS 1.</summary>
    private static async Task<double> PipeAsync(BrokerAddress broker, string lines, int count, CancellationToken cancel)
    {
        await using var listener = new Listener(broker, "bench/plain");
        await listener.ReadyAsync(cancel);
        var all = listener.AfterAsync(count);
        var watch = Stopwatch.StartNew();
        using var publisher = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec {Tool("mosquitto_pub")} -h 127.0.0.1 -p {broker.Port} -V mqttv5 -q 1 -t bench/plain -l < {lines}"]))!;
        await all.WaitAsync(Patience, cancel);
        var elapsed = watch.Elapsed;
        await publisher.WaitForExitAsync(cancel);
        return count / elapsed.TotalSeconds;
    }

    private static async Task<double> FollowAsync(BenchHall hall, BrokerAddress broker, int count, CancellationToken cancel)
    {
        await using var listener = new Listener(broker, hall.Topics.Events);
        await listener.ReadyAsync(cancel);
        var all = listener.AfterAsync(count);
        var watch = Stopwatch.StartNew();
        await hall.StartAsync(broker);
        await all.WaitAsync(Patience, cancel);
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Until a subscriber has it: a bare publish, and a ticket that is journalled first; one of each in turn. Until the broker has acknowledged it: the same.</summary>
    private static async Task LatencyAsync(BenchRun run, string directory, BrokerAddress broker, CancellationToken cancel)
    {
        await using var hall = new BenchHall(Path.Combine(directory, "latency"));
        await using var plain = new Listener(broker, "bench/plain");
        await using var store = new Listener(broker, hall.Topics.Events);
        await using var client = new MosquittoClient(new("bench-plain"), () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        await plain.ReadyAsync(cancel);
        await store.ReadyAsync(cancel);
        client.Start();
        var begun = store.AfterAsync((int)hall.LastSeq);
        await hall.StartAsync(broker);
        await begun.WaitAsync(Patience, cancel);
        while (client.State is not MqttState.Connected) await Task.Delay(10, cancel);

        var payload = hall.Payloads().Last();
        var acknowledged = new List<double>();
        var pairs = await Interleaved.MeasureAsync(run, "latency, sample", run.Count(Samples), Warm,
            () => TimeAsync(plain, async () => _ = await client.SendAsync("bench/plain", payload, retain: false, cancel), cancel),
            async () =>
            {
                var committed = 0L;
                var taken = hall.AcknowledgedAsync();
                var heard = await TimeAsync(store, () =>
                {
                    hall.Take();
                    committed = Stopwatch.GetTimestamp();
                    return Task.CompletedTask;
                }, cancel);
                acknowledged.Add(Stopwatch.GetElapsedTime(committed, await taken.WaitAsync(Patience, cancel)).TotalMilliseconds);
                return heard;
            }, cancel);
        foreach (var figure in pairs.Figures("reporting.subscriber", "ticket journalled and at a subscriber", "a bare publish until a subscriber has it", null, null)) run.Report(figure);

        var beyond = acknowledged.Skip(Warm).ToArray();
        run.Report(new("reporting.ack.p99", "event → broker acknowledged, p99 beyond the commit", "ms", Sample.Quantile(beyond, 0.99)) { Bar = Bar.AtMost(5, 2), Tail = true, Samples = beyond.Length, Load = pairs.Load });
    }

    private static async Task<double> TimeAsync(Listener listener, Func<Task> send, CancellationToken cancel)
    {
        var heard = listener.AfterAsync(1);
        var began = Stopwatch.GetTimestamp();
        await send();
        await heard.WaitAsync(Patience, cancel);
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }

    private static string Tool(string name) => BrokerProcess.Find(name) ?? throw new NotHereException($"{name} is not installed: install the packages mosquitto and mosquitto-clients.");
}
