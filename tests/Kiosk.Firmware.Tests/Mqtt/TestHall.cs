using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A small hall with a journal and a feed, and no engine: events are what the test says.</summary>
internal sealed class TestHall
{
    public static readonly DateTimeOffset Opening = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private HallState _state;

    public TestHall(MemoryJournal? journal = null)
    {
        Journal = journal ?? new();
        _state = HallState.For(Profile, printing: false);
        Feed = new(Profile, new(Journal.Epoch, 0, Opening, _state));
    }

    public static HallProfile Profile { get; } = new(
        "test-hall",
        Texts.Of(("zh-CN", "测试营业厅"), ("en", "Test hall")),
        TimeZoneInfo.Utc,
        ["zh-CN", "en"],
        [
            new(new("bills"), 'A', Texts.Of(("zh-CN", "缴费"), ("en", "Bill payment")), TimeSpan.FromMinutes(10), 999),
            new(new("permits"), 'B', Texts.Of(("zh-CN", "开户"), ("en", "New number")), TimeSpan.FromMinutes(15), 999),
        ],
        [new(new(1), CounterKind.Normal, [new("bills"), new("permits")]), new(new(2), CounterKind.Normal, [new("bills")])],
        new(ImmutableDictionary<DayOfWeek, ImmutableArray<OpenSpan>>.Empty),
        [],
        new(true, null, 1883, null, null),
        new(DayOpening.Manual, TimeSpan.FromMinutes(15), new(4, 0)),
        null);

    public MemoryJournal Journal { get; }

    public HallFeed Feed { get; }

    /// <summary>Records facts as the engine does: journal, fold, feed.</summary>
    public void Record(params IReadOnlyList<HallEvent> facts)
    {
        lock (_gate)
        {
            var at = Opening.AddSeconds(Journal.LastSeq);
            var recorded = Journal.Append([.. facts.Select(fact => new Entry(at, fact, null, "test"))]);
            foreach (var one in recorded) _state = HallDecider.Evolve(_state, one.Fact, one.At);
            Feed.Publish(new(Journal.Epoch, recorded[^1].Seq, at, _state));
        }
    }

    /// <summary>A day with open counters.</summary>
    public void Open() => Record(
        new HallEvent.DayOpened(new(2026, 1, 5)), new HallEvent.CounterOpened(new(1)), new HallEvent.CounterOpened(new(2)));

    /// <summary>The n-th ticket of the bill payment line.</summary>
    public void Take(int serial) => Record(new HallEvent.TicketIssued(Ticket(serial), new('A', serial), new("bills"), "zh-CN", serial - 1));

    public void Call(int serial, int counter) => Record(new HallEvent.TicketCalled(Ticket(serial), new('A', serial), new("bills"), new(counter)));

    public static TicketId Ticket(int serial) => new($"secret{serial:000000}");
}
