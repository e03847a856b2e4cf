using System.Globalization;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;
using Kiosk.Journal;

namespace Kiosk.Bench.Written;

/// <summary>How many bytes reach the disk for one ticket's life: what wears an SD card out.</summary>
internal sealed class WrittenScenario : IScenario
{
    private const int LivesInAll = 2000, WarmLives = 20, DeviceMegabytes = 192, FileMegabytes = 64, Pairs = 4000;
    private const double Kilo = 1024;

    /// <summary>A file's time stamp moves with the kernel's tick, 4 ms or 10 ms apart: in a hall each commit finds a new one, and what that costs is counted.</summary>
    private static readonly TimeSpan BetweenCommits = TimeSpan.FromMilliseconds(5);

    public string Name => "bytes";

    public string About => "bytes that reach a private disk per ticket life, against a four-table store in SQLite and an append-only file";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        if (LoopDevice.Missing is { } missing)
        {
            run.Report(new("bytes.life", "bytes written per ticket life", "KiB", double.NaN) { NotJudged = missing });
        }
        else
        {
            await CountAsync(run, cancel);
        }

        await AppendAsync(run, cancel);
    }

    private async Task CountAsync(BenchRun run, CancellationToken cancel)
    {
        var (lives, time) = (run.Count(LivesInAll), TimeProvider.System);
        var bodies = await BodiesAsync(run, cancel);
        Func<Task> pause = () => Task.Delay(BetweenCommits, cancel);

        // Each on a device of its own, so that they can go on beside each other: nothing is timed here.
        var counted = await Task.WhenAll(
            CountAsync(run, lives, async place => new Lives.Ours(await EngineHall.StartAsync(place, 1, printing: true, run.Slowdown, cancel), pause), cancel),
            CountAsync(run, lives, place => Task.FromResult<Lives>(new Lives.Crud(new(place, "DELETE", time), "four-table store in SQLite, its default journal", pause)), cancel),
            CountAsync(run, lives, place => Task.FromResult<Lives>(new Lives.Crud(new(place, "WAL", time), "four-table store in SQLite, WAL", pause)), cancel),
            CountAsync(run, lives, place => Task.FromResult<Lives>(new Lives.Appending(new(place, FileMegabytes), bodies, pause)), cancel));
        var ours = counted[0].PerLife;
        var note = string.Create(CultureInfo.InvariantCulture, $"A printed ticket: {bodies.Sum(one => one.Events)} events in {bodies.Count} commits, {BetweenCommits.TotalMilliseconds:0} ms apart, over {lives:N0} lives with their checkpoints and the close; the stores beside have 5 commits.");
        run.Report(new("bytes.life", "bytes written per ticket life", "KiB", ours) { Bar = Bar.AtMost(48, 6), Samples = lives, Note = note });
        foreach (var (id, other) in new[] { "bytes.crud", "bytes.crud-wal", "bytes.append" }.Zip(counted.Skip(1)))
        {
            run.Report(new(id, $"  against: {other.Name}", "KiB", ours) { Yardstick = new(other.Name, other.PerLife), Ratio = new(ours / other.PerLife, ours / other.PerLife, ours / other.PerLife), Samples = lives });
        }
    }

    private async Task<(string Name, double PerLife)> CountAsync(BenchRun run, int lives, Func<string, Task<Lives>> open, CancellationToken cancel)
    {
        await using var device = await LoopDevice.MountAsync(run.NewDirectory(Name), DeviceMegabytes, run.Say, cancel);
        string name;
        long before;
        await using (var store = await open(device.Directory))
        {
            name = store.Name;
            for (var n = 0; n < WarmLives; n++) await store.LiveAsync(cancel);
            before = await device.WrittenAsync(cancel);
            for (var n = 0; n < lives; n++)
            {
                run.Tick($"bytes, {name}, life", n, lives);
                await store.LiveAsync(cancel);
            }

            store.Check(lives + WarmLives);
        }

        return (name, (await device.WrittenAsync(cancel) - before) / Kilo / lives);
    }

    /// <summary>What an append costs, on the judged file system: the same events to the product's journal and to an append-only file.</summary>
    private async Task AppendAsync(BenchRun run, CancellationToken cancel)
    {
        var directory = run.NewDirectory(Name);
        using var file = new AppendOnlyFile(directory, FileMegabytes);
        using var journal = new WatchedJournal(directory, run.Slowdown, TimeProvider.System);
        var bodies = await BodiesAsync(run, cancel);
        var (n, m) = (0, 0);
        var pairs = await Interleaved.MeasureAsync(run, "append", run.Count(Pairs), run.Quick ? 20 : 700,
            () => Task.FromResult(Interleaved.Time(() => file.Append(bodies[n++ % bodies.Count].Body))),
            () => Task.FromResult(Interleaved.Time(() => journal.Append(bodies[m++ % bodies.Count].Entries))), cancel);
        if (file.Count() != n) throw new InvalidOperationException($"{file.Count()} records are whole where {n} were written.");
        foreach (var figure in pairs.Figures("bytes.append-time", "append of one commit to the journal", AppendOnlyFile.Name, null, null)) run.Report(figure);
    }

    // A life as the product really journals it, in a hall of its own.
    private async Task<IReadOnlyList<Commit>> BodiesAsync(BenchRun run, CancellationToken cancel)
    {
        await using var life = new Lives.Ours(await EngineHall.StartAsync(run.NewDirectory(Name), 1, printing: true, Slowdown.None, cancel), () => Task.CompletedTask);
        await life.LiveAsync(cancel);
        await life.LiveAsync(cancel);
        return [.. life.Last.Select(events => new Commit(
            [.. events.SelectMany(one => EventCodec.Encode(one.Fact))],
            [.. events.Select(one => new Entry(one.At, one.Fact, one.Request, one.Source, one.Who))]))];
    }

    /// <param name="Body">Its events as the journal encodes them.</param>
    internal sealed record Commit(byte[] Body, IReadOnlyList<Entry> Entries)
    {
        public int Events => Entries.Count;
    }
}
