using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Start;

/// <summary>From the start of the process to the first page, against a bare host: one of each in turn.</summary>
internal sealed class StartScenario : IScenario
{
    private const int Rounds = 9, QuickRounds = 3, Counters = 6;

    public string Name => "start";

    public string About => "cold start to the first page, against a bare ASP.NET host";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        using var watch = new LoadWatch();
        var (times, costs) = (new List<(double Yardstick, double Ours)>(), new List<(double Yardstick, double Ours)>());
        var rounds = run.Quick ? QuickRounds : Rounds;
        for (var round = 0; round <= rounds; round++)
        {
            run.Tick("start", round, rounds);
            var (plain, plainCost) = await BareAsync(run, cancel);
            using var host = await HallHost.StartAsync(run.NewDirectory(Name), Counters, staff: false, cancel, "--no-broker");

            // The first of each brings the programs into memory.
            if (round == 0) continue;
            times.Add((plain, host.FirstPage.TotalSeconds));
            costs.Add((plainCost, host.FirstPageCpu.TotalSeconds));
        }

        run.Report(Of("start.time", "cold start to first page", times, watch.Load) with
        {
            Bar = Bar.AtMost(0.8, 0.4),
            Note = "A new process and a new data directory; the programs themselves are in the page cache.",
        });
        run.Report(Of("start.cpu", "CPU until the first page", costs, watch.Load));
    }

    private static async Task<(double Seconds, double Cpu)> BareAsync(BenchRun run, CancellationToken cancel)
    {
        using var bare = BareHost.Start(run.NewDirectory("bare"));
        var first = await bare.AnsweredAsync(BareHost.GetPage, cancel);
        return (first.TotalSeconds, bare.Cpu.TotalSeconds);
    }

    private static Figure Of(string id, string title, List<(double Yardstick, double Ours)> rounds, MachineLoad load) =>
        new(id, title, "s", Sample.Quantile(rounds.Select(round => round.Ours), 0.5))
        {
            Yardstick = new(BareHost.Name, Sample.Quantile(rounds.Select(round => round.Yardstick), 0.5)),
            Ratio = Sample.OfRounds(rounds),
            Samples = rounds.Count,
            Load = load,
            Plot = new Plot.Distribution([(BareHost.Name, [.. rounds.Select(round => round.Yardstick)]), ("ours", [.. rounds.Select(round => round.Ours)])]),
        };
}
