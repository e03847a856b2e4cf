using System.Diagnostics;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Bench.Growth;

/// <summary>A command, and a start, on a journal with a thousand and with a million past tickets.</summary>
internal sealed class HistoryScenario : IScenario
{
    private const int Few = 1000, Most = 1_000_000, Pairs = 1500, TailPairs = 20_000, Warm = 200, Starts = 7, Counters = 6;

    private const string Yardstick = "the same with 1,000 past tickets";

    private static readonly int[] Sizes = [10_000, 100_000, Most];

    // Before the day on which the engine's halls are measured.
    private static readonly DateOnly LastDay = new(2026, 1, 5);

    public string Name => "history";

    public string About => "a command and a start with 1,000 to 1,000,000 past tickets in the journal";

    public async Task RunAsync(BenchRun run, CancellationToken cancel)
    {
        var most = run.Quick ? Sizes[0] : Most;
        var commands = new Growing();
        var (directory, past) = (run.NewDirectory("grows"), new PastDays(LastDay, most));
        foreach (var size in Sizes.Where(size => size <= most))
        {
            // The small hall begins anew each time: today's events of both are as many.
            var (few, many) = (run.NewDirectory("few"), run.NewDirectory("many"));
            Write(few, new PastDays(LastDay, Few), Few, run, cancel);
            Write(directory, past, size, run, cancel);
            Copy(directory, many);
            await using var small = await EngineHall.StartAsync(few, 1, printing: false, run.Slowdown, cancel);
            await using var large = await EngineHall.StartAsync(many, 1, printing: false, run.Slowdown, cancel);
            var tail = size == Most;
            var measured = await Interleaved.MeasureAsync(run, $"a ticket with {size:N0} before it", run.Count(tail ? TailPairs : Pairs), Warm, () => TakeAsync(small, cancel), () => TakeAsync(large, cancel), cancel);
            commands.Add(size, measured);
            if (size != most) continue;

            foreach (var figure in measured.Figures("history.command", $"a ticket, durable, with {size:N0} past tickets", Yardstick, null, run.Quick ? null : Bar.RatioAtMost(1.1, 1.02)))
                run.Report(figure.Tail ? figure : figure with { Plot = commands.Curve("past tickets", Yardstick) });
        }

        await StartsAsync(run, directory, most, cancel);
    }

    private static void Write(string directory, PastDays past, int tickets, BenchRun run, CancellationToken cancel)
    {
        using var journal = SqliteJournal.Open(directory, "bench");
        past.Grow(journal, tickets, run, cancel);
    }

    private static void Copy(string from, string to) => File.Copy(Path.Combine(from, SqliteJournal.FileName), Path.Combine(to, SqliteJournal.FileName));

    private static async Task<double> TakeAsync(EngineHall hall, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        await hall.TakeAsync(cancel);
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    // From the start of the process to the first page, which shows the day as the journal has it; killed each time, as a power cut does.
    private static async Task StartsAsync(BenchRun run, string history, int tickets, CancellationToken cancel)
    {
        var (none, full) = (run.NewDirectory("none"), run.NewDirectory("full"));
        Directory.CreateDirectory(Path.Combine(full, "data"));
        File.Move(Path.Combine(history, SqliteJournal.FileName), Path.Combine(full, "data", SqliteJournal.FileName));
        var events = Keep(run, Path.Combine(full, "data"), BenchProfile.Write(full, Counters));
        var (rounds, pairs) = (run.Quick ? 2 : Starts, new List<(double Yardstick, double Ours)>());
        using var watch = new LoadWatch();
        for (var round = 0; round <= rounds; round++)
        {
            run.Tick("starts", round, rounds);
            var pair = (await StartAsync(none, cancel), await StartAsync(full, cancel));

            // The first makes today of it, and brings the files into memory.
            if (round > 0) pairs.Add(pair);
        }

        run.Report(new("history.start", $"ready to serve after power-up with {tickets:N0} past tickets ({events:N0} events)", "s", Sample.Quantile(pairs.Select(pair => pair.Ours), 0.5))
        {
            Yardstick = new("the same with a new journal", Sample.Quantile(pairs.Select(pair => pair.Yardstick), 0.5)),
            Ratio = Sample.OfRounds(pairs),
            Bar = run.Quick ? null : Bar.RatioAtMost(1.3, 1.05),
            Samples = pairs.Count,
            Load = watch.Load,
            Note = "From the start of the process to the first page, which shows the day that the journal has; killed without warning each time.",
        });
    }

    private static async Task<double> StartAsync(string directory, CancellationToken cancel)
    {
        using var host = await HallHost.StartAsync(directory, Counters, staff: false, cancel, "--no-broker");
        return host.FirstPage.TotalSeconds;
    }

    // What a hall that really had those days would have kept at the end of each: its report, and what it learned about waits.
    private static long Keep(BenchRun run, string data, string profile)
    {
        run.Say("the reports of those days are kept");
        using var journal = SqliteJournal.Open(data, "bench");
        var hall = ProfileReader.Read(File.ReadAllBytes(profile), DeviceSupervisor.Check).Profile ?? throw new InvalidDataException($"{profile} is no profile.");
        new ReportShelf(journal, journal, () => ReportTerms.Of(hall), TimeProvider.System).KeepWhatIsDue();
        if (LearnedHistory.Before(journal.LastSeq + 1, journal, journal, hall, null).AtClose is { } learned) LearnedFile.Write(data, journal.Epoch, learned);
        return journal.LastSeq;
    }
}
