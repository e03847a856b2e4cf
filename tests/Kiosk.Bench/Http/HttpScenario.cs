using System.Diagnostics;
using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Http;

/// <summary>Commands over HTTP, each durable before it is answered, against a bare host that makes one block durable for each.</summary>
internal sealed class HttpScenario : IScenario
{
    private const int Rounds = 5, Takes = 3_000, Pairs = 6_000, Clients = 8, Samples = 20_000, WarmPairs = 2_000;

    public string Name => "http";

    public string About => "take and call over HTTP on the real host, against a bare ASP.NET host that makes one block durable for each POST";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        using var host = await HallHost.StartAsync(run.NewDirectory(Name), Clients, staff: true, cancel, "--no-broker");
        await host.OpenAsync(Clients, cancel);
        using var bare = BareHost.Start(run.NewDirectory("bare"));
        await bare.AnsweredAsync(BareHost.GetPage, cancel);
        var clerks = Enumerable.Range(1, Clients).Select(counter => new Clerk(host, counter, BenchProfile.Services.Count)).ToList();
        var lines = clerks.Select(_ => new HttpLine(bare.Port)).ToList();
        try
        {
            // Compiled as far as it will be, and the line stays as short as it is in a hall.
            run.Say("warming up");
            await WorkAsync(clerks, run.Count(WarmPairs), clerk => { clerk.Take(); clerk.Call(); });
            await WorkAsync(lines, run.Count(WarmPairs), Commit);

            await LatencyAsync(run, clerks[0], lines[0], cancel);
            await TogetherAsync(run, host, bare, clerks, lines);
            await TakesAsync(run, clerks[0], lines[0]);
            Clerk.Check(clerks);
        }
        finally
        {
            clerks.ForEach(clerk => clerk.Dispose());
            lines.ForEach(line => line.Dispose());
        }
    }

    /// <summary>One command after the other: a number is taken, a number is called.</summary>
    private static async Task LatencyAsync(BenchRun run, Clerk clerk, HttpLine bare, CancellationToken cancel)
    {
        var take = false;
        var pairs = await Interleaved.MeasureAsync(run, "one command, sample", run.Count(Samples), 200,
            () => Task.FromResult(Interleaved.Time(() => Commit(bare))),
            () => Task.FromResult(Interleaved.Time((take = !take) ? clerk.Take : () => clerk.Call())), cancel);
        foreach (var figure in pairs.Figures("http.command", "one command over HTTP, durable", BareHost.DurableName, null, null)) run.Report(figure);
    }

    private static async Task TakesAsync(BenchRun run, Clerk clerk, HttpLine bare)
    {
        using var watch = new LoadWatch();
        var rounds = new List<(double Yardstick, double Ours)>();
        for (var round = 1; round <= Rounds; round++)
        {
            run.Tick("take, round", round, Rounds);
            rounds.Add((await RateAsync([bare], run.Count(Takes), Commit), await RateAsync([clerk], run.Count(Takes), one => one.Take())));
        }

        run.Report(OfRates("http.take", "take a ticket over HTTP, 1 client, durable", rounds, watch.Load) with
        {
            Bar = Bar.AtLeastOf(1_000, 3_000),
            Note = $"Nobody calls meanwhile: the line grows to {Rounds * run.Count(Takes):N0}. Without slips: no printer prints that fast.",
        });
    }

    private static async Task TogetherAsync(BenchRun run, HallHost host, ServerProcess bare, List<Clerk> clerks, List<HttpLine> lines)
    {
        using var watch = new LoadWatch();
        var (rates, costs) = (new List<(double Yardstick, double Ours)>(), new List<(double Yardstick, double Ours)>());
        var pairs = run.Count(Pairs);
        for (var round = 1; round <= Rounds; round++)
        {
            run.Tick("take + call, round", round, Rounds);
            var before = (Bare: bare.Cpu, Ours: host.Cpu);
            var plain = await RateAsync(lines, 2 * pairs, Commit);
            var ours = 2 * await RateAsync(clerks, pairs, clerk => { clerk.Take(); clerk.Call(); });
            rates.Add((plain, ours));
            costs.Add(((bare.Cpu - before.Bare).TotalMilliseconds / (2 * pairs), (host.Cpu - before.Ours).TotalMilliseconds / (2 * pairs)));
        }

        Clerk.Check(clerks);
        run.Report(OfRates("http.takecall", $"take + call, {Clients} clients", rates, watch.Load) with
        {
            Bar = Bar.AtLeastOf(3_000, 8_000),
            Note = "Commands, one half of each; no number was issued twice and no ticket called twice. The clients share the cores with the host.",
        });
        run.Report(new("http.cpu", "CPU of the host per command over HTTP", "ms", Sample.Quantile(costs.Select(cost => cost.Ours), 0.5))
        {
            Yardstick = new(BareHost.DurableName, Sample.Quantile(costs.Select(cost => cost.Yardstick), 0.5)),
            Ratio = Sample.OfRounds(costs),
            Bar = Bar.AtMost(0.5, 0.2),
            Samples = Rounds,
            Load = watch.Load,
            Note = "User and system time of the whole process, emulated devices and screens' upkeep included.",
        });
    }

    /// <returns>How often a second it was done, all clients together.</returns>
    private static async Task<double> RateAsync<T>(IReadOnlyList<T> clients, int count, Action<T> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await WorkAsync(clients, count, work);
        return count / clients.Count * clients.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    // A thread for each client: it sleeps in recv, and wakes without a pool in between.
    private static Task WorkAsync<T>(IReadOnlyList<T> clients, int count, Action<T> work) => Task.WhenAll(clients.Select(client => Task.Factory.StartNew(
        () =>
        {
            for (var n = 0; n < count / clients.Count; n++) work(client);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static void Commit(HttpLine line) => HallHost.Done(line.Ask(BareHost.PostCommit));

    private static Figure OfRates(string id, string title, List<(double Yardstick, double Ours)> rounds, MachineLoad load) =>
        new(id, title, "/s", Sample.Quantile(rounds.Select(round => round.Ours), 0.5))
        {
            Yardstick = new(BareHost.DurableName, Sample.Quantile(rounds.Select(round => round.Yardstick), 0.5)),
            Ratio = Sample.OfRounds(rounds),
            Samples = Rounds,
            Load = load,
        };
}
