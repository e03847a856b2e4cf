using System.Globalization;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Written;

/// <summary>
/// How many bytes reach the disk for a ticket's life in a quiet hall, where the file system's own transaction of every five seconds carries the time stamp of one commit and not of many; with the mount option
/// that has it write a transaction every five minutes only beside it.
/// </summary>
internal sealed class QuietScenario : IBackgroundScenario
{
    /// <summary>With their checkpoints the busy lives of <see cref="WrittenScenario"/> say more; here each takes half a minute.</summary>
    private const int LivesInAll = 18, QuickLives = 1, WarmLives = 20, DeviceMegabytes = 96;

    /// <summary>ext4 commits every five seconds: no two of ours share one.</summary>
    private static readonly TimeSpan BetweenCommits = TimeSpan.FromSeconds(6), Busy = TimeSpan.FromMilliseconds(5);

    private Task<double[]>? _counted;

    public string Name => "quiet";

    public string About => "bytes that reach a private disk per ticket life where commits are six seconds apart (beside the other scenarios)";

    public Task<IAsyncDisposable> BeginAsync(BenchRun run, CancellationToken cancel)
    {
        if (LoopDevice.Missing is { } missing) throw new NotHereException(missing);
        var counting = new Counting(run, cancel);
        _counted = counting.Done;
        return Task.FromResult<IAsyncDisposable>(counting);
    }

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var (counted, lives) = (_counted ?? throw new InvalidOperationException("It was not begun."), Wanted(run));
        var took = lives * Counting.CommitsPerLife * BetweenCommits;
        while (await Task.WhenAny(counted, Task.Delay(TimeSpan.FromSeconds(2), cancel)) != counted)
        {
            cancel.ThrowIfCancellationRequested();
            run.Tick("quiet, second", (int)Math.Min(run.Elapsed.TotalSeconds, took.TotalSeconds), (int)took.TotalSeconds);
        }

        var (plain, rare, busy) = await counted is [var one, var two, var three] ? (one, two, three) : default;
        var note = string.Create(CultureInfo.InvariantCulture, $"{lives} lives, {BetweenCommits.TotalSeconds:0} s between commits, without a checkpoint and the close; the yardstick is the same number of lives {Busy.TotalMilliseconds:0} ms apart.");
        run.Report(Figure("bytes.quiet", "bytes written per ticket life in a quiet hall", plain, busy, lives) with { Note = note, Bar = Bar.AtMost(48, 6) });
        run.Report(Figure("bytes.quiet-commit", "the same, the disk mounted with commit=300", rare, busy, lives) with { Bar = Bar.AtMost(48, 6) });
    }

    private static int Wanted(BenchRun run) => run.Quick ? QuickLives : LivesInAll;

    private static Figure Figure(string id, string title, double ours, double busy, int lives) =>
        new(id, title, "KiB", ours) { Yardstick = new("a busy hall", busy), Ratio = new(ours / busy, ours / busy, ours / busy), Samples = lives };

    /// <summary>Three halls beside each other, each on a device of its own: quiet, quiet with rare transactions, busy.</summary>
    private sealed class Counting : IAsyncDisposable
    {
        public const int CommitsPerLife = 6;

        private readonly CancellationTokenSource _stop;

        public Counting(BenchRun run, CancellationToken cancel)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Done = Task.WhenAll(
                CountAsync(run, "noatime", BetweenCommits, Wanted(run), _stop.Token),
                CountAsync(run, "noatime,commit=300", BetweenCommits, Wanted(run), _stop.Token),
                CountAsync(run, "noatime", Busy, Wanted(run), _stop.Token));
        }

        /// <summary>KiB per life, in the order above.</summary>
        public Task<double[]> Done { get; }

        private static async Task<double> CountAsync(BenchRun run, string options, TimeSpan between, int lives, CancellationToken cancel)
        {
            var pause = TimeSpan.Zero;
            await using var device = await LoopDevice.MountAsync(run.NewDirectory("quiet"), DeviceMegabytes, run.Say, cancel, options);
            await using var store = new Lives.Ours(await EngineHall.StartAsync(device.Directory, 1, printing: true, Slowdown.None, cancel), () => Task.Delay(pause, cancel));
            for (var n = 0; n < WarmLives; n++) await store.LiveAsync(cancel);
            var before = await device.WrittenAsync(cancel);
            pause = between;
            for (var n = 0; n < lives; n++) await store.LiveAsync(cancel);
            store.Check(lives + WarmLives);
            return (await device.WrittenAsync(cancel) - before) / 1024.0 / lives;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await ((Task)Done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
