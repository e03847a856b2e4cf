using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Reporting;

/// <summary>From the journal to a subscriber, against what publishes the same bytes and does nothing else.</summary>
internal sealed class ReportingBench(int events, int samples, int rounds, bool json, TextWriter output, TextWriter progress)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("kiosk-bench-").FullName;
        var port = AnyPort();
        await File.WriteAllTextAsync(Path.Combine(directory, "mosquitto.conf"),
            $"user {Environment.UserName}\nlistener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 1000\nlog_dest none\n", cancel);
        using var broker = Process.Start(new ProcessStartInfo(Tool("mosquitto"), ["-c", Path.Combine(directory, "mosquitto.conf")]) { RedirectStandardError = true })!;
        try
        {
            var address = new BrokerAddress("127.0.0.1", port, Tls: false);
            var throughput = await ThroughputAsync(directory, address, cancel);
            var (bare, ours) = await LatencyAsync(directory, address, cancel);
            await ShowAsync(throughput, bare, ours);
            return 0;
        }
        finally
        {
            broker.Kill();
            await broker.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Messages a second of each pair of rounds.</summary>
    private async Task<IReadOnlyList<(double Yardstick, double Ours)>> ThroughputAsync(string directory, BrokerAddress broker, CancellationToken cancel)
    {
        var pairs = new List<(double, double)>();
        for (var round = 1; round <= rounds; round++)
        {
            await progress.WriteLineAsync($"throughput, round {round} of {rounds}");
            await using var hall = new BenchHall(Path.Combine(directory, $"round-{round}"));
            hall.Fill(events);
            var lines = Path.Combine(directory, "lines");
            await File.WriteAllBytesAsync(lines, [.. hall.Payloads().SelectMany(payload => payload.Append((byte)'\n'))], cancel);
            var count = (int)hall.LastSeq;
            pairs.Add((await PipeAsync(broker, lines, count, cancel), await FollowAsync(hall, broker, count, cancel)));
        }

        return pairs;
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

    /// <summary>Milliseconds until a subscriber has it: a bare publish, and a ticket that is journalled first; one of each in turn.</summary>
    private async Task<(double[] Bare, double[] Ours)> LatencyAsync(string directory, BrokerAddress broker, CancellationToken cancel)
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
        var (bare, ours) = (new double[samples], new double[samples]);
        for (var n = 0; n < samples; n++)
        {
            if (n % 5000 == 0) await progress.WriteLineAsync($"latency, sample {n} of {samples}");
            bare[n] = await TimeAsync(plain, async () => _ = await client.SendAsync("bench/plain", payload, retain: false, cancel), cancel);
            ours[n] = await TimeAsync(store, () =>
            {
                hall.Take();
                return Task.CompletedTask;
            }, cancel);
        }

        return (bare, ours);
    }

    private static async Task<double> TimeAsync(Listener listener, Func<Task> send, CancellationToken cancel)
    {
        var heard = listener.AfterAsync(1);
        var began = Stopwatch.GetTimestamp();
        await send();
        await heard.WaitAsync(Patience, cancel);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task ShowAsync(IReadOnlyList<(double Yardstick, double Ours)> throughput, double[] bare, double[] ours)
    {
        // What other programs of the machine do stands in the slowest samples.
        var load = double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
        var crowded = load > Environment.ProcessorCount + 1;
        var pairs = bare.Zip(ours).Select(pair => (pair.First, pair.Second)).ToList();
        var (ratio, slower) = (Sample.Ratio(throughput), Sample.Ratio([.. pairs.Chunk(Math.Max(1, pairs.Count / 40)).Select(chunk => (Sample.Quantile(chunk.Select(p => p.First), 0.5), Sample.Quantile(chunk.Select(p => p.Second), 0.5)))]));
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                throughput = new { mosquittoPub = Sample.Quantile(throughput.Select(p => p.Yardstick), 0.5), ours = Sample.Quantile(throughput.Select(p => p.Ours), 0.5), ratio = ratio.Median, ratio.Low, ratio.High },
                latencyMs = new { bare50 = Sample.Quantile(bare, 0.5), bare99 = crowded ? (double?)null : Sample.Quantile(bare, 0.99), ours50 = Sample.Quantile(ours, 0.5), ours99 = crowded ? (double?)null : Sample.Quantile(ours, 0.99), ratio = slower.Median, slower.Low, slower.High },
                samples, load,
            }));
            return;
        }

        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{"to a subscriber",-34} {"yardstick",12} {"ours",12}   ours : yardstick");
        table.AppendLine(CultureInfo.InvariantCulture, $"{"events a second (mosquitto_pub -l)",-34} {Sample.Quantile(throughput.Select(p => p.Yardstick), 0.5),12:0} {Sample.Quantile(throughput.Select(p => p.Ours), 0.5),12:0}   {ratio}");
        table.AppendLine(CultureInfo.InvariantCulture, $"{"ms, median (bare publish)",-34} {Sample.Quantile(bare, 0.5),12:0.00} {Sample.Quantile(ours, 0.5),12:0.00}   {slower}");
        table.AppendLine(crowded
            ? string.Create(CultureInfo.InvariantCulture, $"p99 is not judged: the machine's load is {load:0.0} with {Environment.ProcessorCount} cores")
            : string.Create(CultureInfo.InvariantCulture, $"{"ms, p99",-34} {Sample.Quantile(bare, 0.99),12:0.00} {Sample.Quantile(ours, 0.99),12:0.00}"));
        table.Append(CultureInfo.InvariantCulture, $"{rounds} rounds of {events} events; {samples} samples of latency of each kind, in turn. Ours reads, masks and encodes the journal's events; its latency has the journal's fsync in it.");
        await output.WriteLineAsync(table.ToString());
    }

    private static string Tool(string name) => BrokerProcess.Find(name) ?? throw new FileNotFoundException($"{name} is not installed: install the packages mosquitto and mosquitto-clients.");

    private static int AnyPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
