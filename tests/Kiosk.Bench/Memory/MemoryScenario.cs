using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Screens;
using Kiosk.Bench.Yardsticks;
using Kiosk.Firmware.Mqtt;

namespace Kiosk.Bench.Memory;

/// <summary>What the host holds in memory on a working day: every device emulated, a broker where one is installed, screens open, and commands at the pace of a very busy hall.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Counters = 6, Commands = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public string Name => "memory";

    public string About => "resident memory with every device emulated and 20 live screens, against a bare ASP.NET host";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var broker = BrokerProcess.Find("mosquitto") is not null;
        string[] reporting = broker ? ["--mqtt-port", $"{ServerProcess.AnyPort()}"] : ["--no-broker"];
        using var host = await HallHost.StartAsync(run.NewDirectory(Name), Counters, staff: true, cancel, reporting);
        await host.OpenAsync(Counters, cancel);
        using var bare = BareHost.Start(run.NewDirectory("bare"));
        await bare.AnsweredAsync(BareHost.GetPage, cancel);

        using var screens = new ScreenCrowd();
        screens.Expect("event: parts"u8);
        foreach (var address in Addresses()) screens.Join(host.Port, HttpLine.Get(address, host.Token));
        screens.Shown();

        using var line = new HttpLine(bare.Port);
        var clerks = Enumerable.Range(1, Counters).Select(counter => new Clerk(host, counter, BenchProfile.Services.Count)).ToList();
        try
        {
            var commands = run.Count(Commands);
            for (var n = 0; n < commands; n += 2)
            {
                run.Tick("commands", n, commands);
                var clerk = clerks[n / 2 % Counters];
                clerk.Take();
                clerk.Call();
                for (var same = 0; same < 2; same++) HallHost.Done(line.Ask(BareHost.PostCommit));
                await Task.Delay(2 * Pause, cancel);
            }

            Clerk.Check(clerks);
        }
        finally
        {
            clerks.ForEach(clerk => clerk.Dispose());
        }

        Report(run, host, bare, screens.Count, broker);
    }

    private static void Report(BenchRun run, HallHost host, ServerProcess bare, int screens, bool broker)
    {
        var (ours, plain) = (ProcessCost.Memory(host.Id), ProcessCost.Memory(bare.Id));
        run.Report(new("memory.resident", $"resident memory, all devices emulated, {screens} screens", "MiB", ours.Resident)
        {
            Yardstick = new(BareHost.Name, plain.Resident),
            Bar = Bar.AtMost(110, 80),
            Samples = run.Count(Commands),
            Note = $"VmRSS after {run.Count(Commands):N0} commands at {1 / Pause.TotalSeconds:0} a second at most; {(broker ? "reporting to a broker of its own, which is another process" : "without a broker: mosquitto is not installed")}.",
        });
        run.Report(new("memory.peak", "the most that it was", "MiB", ours.Peak) { Yardstick = new(BareHost.Name, plain.Peak), Samples = 1, Note = "VmHWM." });
    }

    /// <summary>Twenty screens as a hall has them: boards, ticket machines, clerks, guides, a technician.</summary>
    private static IEnumerable<string> Addresses() =>
    [
        .. Enumerable.Repeat("/live/hall", 6),
        .. Enumerable.Repeat("/live/kiosk", 4),
        .. Enumerable.Range(1, Counters).Select(counter => $"/live/counter?n={counter}&lang=en"),
        .. Enumerable.Repeat("/live/guide?lang=en", 3),
        "/live/devices?lang=en",
    ];
}
