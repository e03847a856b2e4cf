using System.Globalization;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>Bad nights of a clock: set back, midnight with people waiting, daylight saving, a restart on the next day. Engine, journal and day keeper are the real ones.</summary>
public sealed class DayChangeTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    private readonly FlakyJournal _journal = new();
    private readonly WallClock _wall = new();
    private string _zone = "Asia/Shanghai";
    private string _clockRule = "trusted";
    private HallEngine? _engine;
    private HallFeed _feed = null!;
    private HallTime _time = null!;
    private DayKeeper _keeper = null!;
    private bool _synchronised = true;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _journal.Dispose();
    }

    [Fact]
    public async Task Clock_that_is_set_back_an_hour_changes_no_number_no_order_and_no_wait()
    {
        await StartAsync("2026-01-05 10:00 +08:00");
        var first = await TakeAsync();
        _wall.Set("2026-01-05 09:05 +08:00");
        _wall.Pass(TimeSpan.FromMinutes(5));
        var second = await TakeAsync();
        _wall.Pass(TimeSpan.FromMinutes(5));
        await AskAsync(new HallCommand.OpenCounter(new(1)));
        await AskAsync(new HallCommand.CallNext(new(1)));

        Assert.Equal(("A001", "A002"), (Ticket(first).Number.ToString(), Ticket(second).Number.ToString()));
        Assert.Equal(TimeSpan.FromMinutes(10), Ticket(first).FirstCalledAt - Ticket(first).IssuedAt);
        Assert.Equal(TimeSpan.FromMinutes(5), Ticket(second).IssuedAt - Ticket(first).IssuedAt);
        Assert.Equal(TimeSpan.FromMinutes(5), _time.GetUtcNow() - Board.Of(_feed.Latest.State, _feed.Profile).Services[0].LongestSince);
    }

    [Fact]
    public async Task People_who_wait_at_midnight_are_served_under_their_numbers_and_the_next_day_begins_at_one()
    {
        await StartAsync("2026-01-05 23:50 +08:00");
        var late = await TakeAsync();
        _wall.Set("2026-01-06 00:20 +08:00");
        await _keeper.KeepAsync(CancellationToken.None);
        Assert.Equal(new DateOnly(2026, 1, 5), _feed.Latest.State.Day);
        Assert.Equal("A002", Ticket(await TakeAsync()).Number.ToString());

        await AskAsync(new HallCommand.OpenCounter(new(1)));
        foreach (var _ in Enumerable.Range(0, 3)) await AskAsync(new HallCommand.CallNext(new(1)));
        Assert.Equal(TimeSpan.FromMinutes(30), Ticket(late).FirstCalledAt - Ticket(late).IssuedAt);
        await _keeper.KeepAsync(CancellationToken.None);

        Assert.Equal(new DateOnly(2026, 1, 6), _feed.Latest.State.Day);
        Assert.Equal("A001", Ticket(await TakeAsync()).Number.ToString());
    }

    [Fact]
    public async Task Night_on_which_the_clocks_go_back_lasts_an_hour_longer_for_those_who_wait()
    {
        // In Berlin 03:00 became 02:00 on 25 October 2026.
        _zone = "Europe/Berlin";
        await StartAsync("2026-10-25 01:30 +02:00");
        var ticket = await TakeAsync();
        _wall.Set("2026-10-25 02:30 +01:00");
        await _keeper.KeepAsync(CancellationToken.None);
        await AskAsync(new HallCommand.OpenCounter(new(1)));
        await AskAsync(new HallCommand.CallNext(new(1)));

        Assert.Equal(TimeSpan.FromHours(2), Ticket(ticket).FirstCalledAt - Ticket(ticket).IssuedAt);
        Assert.Equal(new DateOnly(2026, 10, 25), _feed.Latest.State.Day);
        Assert.Equal("A002", Ticket(await TakeAsync()).Number.ToString());
    }

    [Fact]
    public async Task Day_changes_once_when_midnight_comes_twice()
    {
        // In Havana 01:00 became 00:00 on 1 November 2026: the date's first hour comes twice.
        _zone = "America/Havana";
        await StartAsync("2026-11-01 00:30 -04:00");
        Assert.Equal("A001", Ticket(await TakeAsync()).Number.ToString());
        _wall.Set("2026-11-01 00:10 -05:00");
        await _keeper.KeepAsync(CancellationToken.None);

        Assert.Equal("A002", Ticket(await TakeAsync()).Number.ToString());
        Assert.Equal(new DateOnly(2026, 11, 1), _feed.Latest.State.Day);
    }

    [Fact]
    public async Task Restart_on_the_next_day_closes_what_was_left_and_begins_at_one()
    {
        await StartAsync("2026-01-05 16:00 +08:00");
        var left = await TakeAsync();
        await StopAsync();
        await StartAsync("2026-01-06 08:00 +08:00");

        Assert.Equal(new DateOnly(2026, 1, 6), _feed.Latest.State.Day);
        Assert.Contains(_journal.Read(0, 100), recorded => recorded.Fact is HallEvent.TicketAbandoned gone && gone.Ticket == left);
        Assert.Equal("A001", Ticket(await TakeAsync()).Number.ToString());
    }

    [Fact]
    public async Task Board_that_starts_in_the_past_goes_on_with_its_day()
    {
        await StartAsync("2026-01-05 16:00 +08:00");
        await TakeAsync();
        await StopAsync();
        await StartAsync("1970-01-01 00:00 +00:00");
        var next = await TakeAsync();

        Assert.Equal(("A002", new DateOnly(2026, 1, 5)), (Ticket(next).Number.ToString(), _feed.Latest.State.Day!.Value));
        Assert.True(Ticket(next).IssuedAt >= DateTimeOffset.Parse("2026-01-05T16:00:00+08:00", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Day_does_not_change_until_the_clock_is_synchronised_where_the_hall_asks_for_it()
    {
        _clockRule = "synchronised";
        await StartAsync("2026-01-05 16:00 +08:00");
        await TakeAsync();
        await StopAsync();
        _synchronised = false;
        await StartAsync("2027-05-05 16:00 +08:00");
        Assert.Equal(new DateOnly(2026, 1, 5), _feed.Latest.State.Day);

        _synchronised = true;
        _wall.Set("2026-01-06 08:00 +08:00");
        await StopAsync();
        await StartAsync("2026-01-06 08:00 +08:00");
        Assert.Equal(new DateOnly(2026, 1, 6), _feed.Latest.State.Day);
    }

    private Ticket Ticket(TicketId id) => _feed.Latest.State.Tickets[id];

    private async Task<TicketId> TakeAsync()
    {
        var id = TicketCodes.Draw();
        Assert.Null((await AskAsync(new HallCommand.TakeTicket(id, new("pay"), "en", Print: false))).Rejection);
        return id;
    }

    private Task<Answer> AskAsync(HallCommand command) => _engine!.AskAsync(Request.Once("test", command), CancellationToken.None).WaitAsync(Watchdog);

    private async Task StartAsync(string at)
    {
        _wall.Set(at);
        var profile = RunningHall.Profile(json =>
        {
            json["timeZone"] = _zone;
            json["rules"] = new JsonObject { ["clock"] = _clockRule };
        });
        var (feed, answered) = Recovery.Run(_journal, profile, printing: false);
        _feed = feed;
        _time = new HallTime(_wall, feed.Latest.At);
        _engine = new HallEngine(_journal, feed, answered, _time, NullLogger<HallEngine>.Instance);
        await _engine.StartAsync(CancellationToken.None);
        _keeper = new DayKeeper(_engine, feed, _time, new Trust(() => _synchronised), NullLogger<DayKeeper>.Instance);
        await _keeper.KeepAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        if (_engine is null) return;
        await _engine.StopAsync(CancellationToken.None);
        _engine.Dispose();
        _keeper.Dispose();
        _engine = null;
    }

    private sealed class Trust(Func<bool> synchronised) : IClockTrust
    {
        public bool Synchronised => synchronised();
    }

    private sealed class WallClock : TimeProvider
    {
        private DateTimeOffset _at;
        private long _count;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Set(string to) => _at = DateTimeOffset.ParseExact(to, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture).ToUniversalTime();

        public void Pass(TimeSpan span) => (_at, _count) = (_at + span, _count + span.Ticks);

        public override DateTimeOffset GetUtcNow() => _at;

        public override long GetTimestamp() => _count;
    }
}
