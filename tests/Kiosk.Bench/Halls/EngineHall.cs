using Kiosk.Bench.Measuring;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Halls;

/// <summary>Engine and journal of a hall without its devices and screens; its day is open.</summary>
internal sealed class EngineHall : IAsyncDisposable
{
    private static readonly ServiceId Bills = new("bills");

    private readonly WatchedJournal _journal;
    private readonly HallFeed _feed;
    private readonly HallEngine _engine;
    private long _requests;

    private EngineHall(WatchedJournal journal, HallFeed feed, AnsweredRequests answered, TimeProvider time)
    {
        (_journal, _feed) = (journal, feed);
        _journal.Hall = () => _feed.Latest.State;
        _engine = new(journal, feed, answered, time, NullLogger<HallEngine>.Instance);
    }

    public WatchedJournal Journal => _journal;

    public HallState State => _feed.Latest.State;

    /// <param name="printing">Each ticket has a slip, whose fate is journalled.</param>
    public static async Task<EngineHall> StartAsync(string directory, int counters, bool printing, Slowdown slowdown, CancellationToken cancel)
    {
        var profile = Profile(counters);
        var time = new MorningTime(profile);
        var journal = new WatchedJournal(directory, slowdown, time);
        try
        {
            var (feed, answered) = Recovery.Run(journal, profile, printing);
            var hall = new EngineHall(journal, feed, answered, time);
            await hall._engine.StartAsync(cancel);
            await hall.AskAsync(new HallCommand.OpenDay(DateOnly.FromDateTime(time.GetUtcNow().DateTime)), cancel);
            return hall;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Asks as a counter does, and takes no refusal.</summary>
    public async Task<Answer> AskAsync(HallCommand command, CancellationToken cancel)
    {
        var answer = await _engine.AskAsync(new($"bench-{Interlocked.Increment(ref _requests)}", "bench", command), cancel);
        return answer.Rejection is null ? answer : throw new InvalidOperationException($"{command} was refused: {answer.Rejection}");
    }

    public async Task<TicketId> TakeAsync(CancellationToken cancel, bool print = false)
    {
        var id = TicketCodes.Draw();
        await AskAsync(new HallCommand.TakeTicket(id, Bills, "en", print), cancel);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync(CancellationToken.None);
        _engine.Dispose();
        _journal.Dispose();
    }

    private static HallProfile Profile(int counters) => new HallOutline(
        new Dictionary<string, string> { ["en"] = "Bench" }, "UTC", ["en"],
        [new(Bills, "A", new Dictionary<string, string> { ["en"] = "Bills" }, 600, 999_999, 300)],
        [.. Enumerable.Range(1, counters).Select(number => new CounterOutline(new(number), CounterKind.Normal, [Bills]))]).ToProfile("bench");
}
