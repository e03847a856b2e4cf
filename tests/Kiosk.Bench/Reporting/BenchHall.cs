using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Reporting;

/// <summary>A hall's journal on disk and its reporting, without the engine: events are what the bench says.</summary>
internal sealed class BenchHall : IAsyncDisposable
{
    private static int _halls;

    private static readonly HallOutline Outline = new(
        new Dictionary<string, string> { ["en"] = "Bench" }, "UTC", ["en"],
        [new(new("bills"), "A", new Dictionary<string, string> { ["en"] = "Bills" }, 600, 999_999, 300)], [new(new(1), CounterKind.Normal, [new("bills")])]);

    private readonly SqliteJournal _journal;
    private readonly HallFeed _feed;
    private HallState _state;
    private PublishWorker? _worker;
    private TimedClient? _client;
    private int _serial;

    public BenchHall(string directory)
    {
        var profile = Outline.ToProfile(Topics.Hall);
        _journal = SqliteJournal.Open(directory);
        _state = HallState.For(profile, printing: false);
        _feed = new(profile, new(_journal.Epoch, 0, DateTimeOffset.UnixEpoch, _state));
        Record([new HallEvent.DayOpened(new(2026, 1, 5)), new HallEvent.CounterOpened(new(1))]);
    }

    /// <summary>A hall of its own each: two journals of one hall that were made in the same minute would look like one that lost events.</summary>
    public Topics Topics { get; } = new($"bench-{Interlocked.Increment(ref _halls)}");

    public long LastSeq => _journal.LastSeq;

    /// <summary>Payloads as they go out, for the yardstick.</summary>
    public IEnumerable<byte[]> Payloads()
    {
        for (var seq = 0L; _journal.Read(seq, 1000) is { Count: > 0 } page; seq = page[^1].Seq)
        {
            foreach (var recorded in page) yield return EventPayloads.Of(recorded, Topics.Hall, historical: true);
        }
    }

    /// <summary>Tickets, many in one commit.</summary>
    public void Fill(int events)
    {
        while (events > 0)
        {
            var batch = Math.Min(events, 500);
            Record([.. Enumerable.Range(0, batch).Select(_ => Ticket())]);
            events -= batch;
        }
    }

    /// <summary>One ticket: journalled, durable, published to the feed, as the engine does it.</summary>
    public void Take() => Record([Ticket()]);

    /// <summary>Timestamp at which the broker acknowledges the next event.</summary>
    public Task<long> AcknowledgedAsync() => _client!.Next();

    public async Task StartAsync(BrokerAddress broker)
    {
        var settings = new MqttSettings(true, null, 0, "", Topics.Hall, null, null, "bench");
        var status = new MqttStatus();
        _client = new(new MosquittoClient(new("kiosk-bench"), () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance), Topics.Events);
        _worker = new(_journal, _feed, _client, Topics, settings, status, new(null, Topics, Topics.Hall), new(Topics, NullLogger<CommandInbox>.Instance), new(_feed, TimeProvider.System), TimeProvider.System, NullLogger<PublishWorker>.Instance);
        await _worker.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.StopAsync(CancellationToken.None);
        _worker?.Dispose();
        _journal.Dispose();
    }

    private HallEvent.TicketIssued Ticket() => new(new($"bench{++_serial:0000000}"), new('A', _serial), new("bills"), "en", 0);

    private void Record(IReadOnlyList<HallEvent> facts)
    {
        var at = DateTimeOffset.UtcNow;
        var recorded = _journal.Append([.. facts.Select(fact => new Entry(at, fact, null, "bench"))]);
        foreach (var one in recorded) _state = HallDecider.Evolve(_state, one.Fact, one.At);
        _feed.Publish(new(_journal.Epoch, recorded[^1].Seq, at, _state));
    }
}
