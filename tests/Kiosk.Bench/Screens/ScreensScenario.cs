using System.Diagnostics;
using System.Text;
using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

namespace Kiosk.Bench.Screens;

/// <summary>A call, and when the boards of a hall have it: the real host's live streams against raw sockets that get the same bytes from one writer.</summary>
internal sealed class ScreensScenario : IScenario
{
    private const int Calls = 25, QuickCalls = 4, WarmCalls = 10, Counters = 6, CostScreens = 100, CostSeconds = 20, QuickCostSeconds = 4;

    private static readonly int[] Sizes = [1, 10, 100, 1_000];

    public string Name => "screens";

    public string About => "a call until 1 to 1,000 live screens have it, against raw sockets; CPU with 100 screens";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        using var host = await HallHost.StartAsync(run.NewDirectory(Name), Counters, staff: true, cancel, "--no-broker");
        await host.OpenAsync(Counters, cancel);
        using var clerk = new Clerk(host, 1, services: 1);
        var calls = run.Quick ? QuickCalls : Calls;
        for (var n = 0; n < (Sizes.Length * (calls + WarmCalls)) + CostSeconds + 1; n++) clerk.Take();

        var curve = new List<(int Size, Fan Fan)>();
        using (var watch = new LoadWatch())
        {
            foreach (var size in Sizes) curve.Add((size, await FanAsync(run, host, clerk, size, calls, cancel)));
            foreach (var figure in ScreenFigures.Of(curve, watch.Load)) run.Report(figure);
        }

        run.Report(await CostAsync(run, host, clerk, cancel));
        Clerk.Check([clerk]);
    }

    private static async Task<Fan> FanAsync(BenchRun run, HallHost host, Clerk clerk, int size, int calls, CancellationToken cancel)
    {
        var before = ProcessCost.Memory(host.Id).Resident;
        using var crowd = Crowd(host, size);
        using var plain = new PlainFan(size);
        var streams = (ProcessCost.Memory(host.Id).Resident - before) * 1024 / size;
        var fan = new Fan(streams);
        for (var call = -WarmCalls; call < calls; call++)
        {
            cancel.ThrowIfCancellationRequested();
            run.Tick($"{size:N0} screens, call", call, calls);
            await crowd.QuietAsync(TimeSpan.FromMilliseconds(100), cancel);
            var ours = Call(crowd, clerk);
            await crowd.QuietAsync(TimeSpan.FromMilliseconds(50), cancel);
            var raw = plain.Send(ours.BytesEach);
            if (call >= 0) fan.Add(raw, ours);
        }

        return fan;
    }

    /// <summary>All have got their first parts.</summary>
    private static ScreenCrowd Crowd(HallHost host, int size)
    {
        var crowd = new ScreenCrowd();
        crowd.Expect("event: parts"u8);
        for (var n = 0; n < size; n++) crowd.Join(host.Port, HttpLine.Get("/live/hall"));
        crowd.Shown();
        return crowd;
    }

    // One service and no priorities: they are called in the order in which they took their numbers.
    private static Reached Call(ScreenCrowd crowd, Clerk clerk)
    {
        var next = clerk.Waiting;
        crowd.Expect(Encoding.ASCII.GetBytes($">{next}<"));
        var sent = Stopwatch.GetTimestamp();
        var called = clerk.Call();
        var answered = Stopwatch.GetTimestamp();
        if (called != next) throw new InvalidOperationException($"{called} was called, {next} was expected.");
        return Reached.Of(crowd, sent, answered);
    }

    private static async Task<Figure> CostAsync(BenchRun run, HallHost host, Clerk clerk, CancellationToken cancel)
    {
        using var crowd = Crowd(host, CostScreens);
        await crowd.QuietAsync(TimeSpan.FromMilliseconds(500), cancel);
        using var watch = new LoadWatch();
        var seconds = run.Quick ? QuickCostSeconds : CostSeconds;
        var (begun, cpu) = (Stopwatch.GetTimestamp(), host.Cpu);
        for (var second = 1; second <= seconds; second++)
        {
            run.Tick($"{CostScreens} screens, one call a second", second, seconds);
            Call(crowd, clerk);
            var rest = TimeSpan.FromSeconds(second) - Stopwatch.GetElapsedTime(begun);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, cancel);
        }

        var share = (host.Cpu - cpu) / Stopwatch.GetElapsedTime(begun) * 100;
        return new("screens.cpu", $"server CPU with {CostScreens} live screens, one call a second", "%", share)
        {
            Bar = Bar.AtMost(5, 1),
            Samples = seconds,
            Load = watch.Load,
            Note = "Of one core, the whole process: emulated devices and voice, a beat a second to each screen.",
        };
    }
}
