using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Engine;

public sealed class HallEngineTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    private readonly FlakyJournal _journal = new();
    private readonly SetClock _clock = new();
    private HallEngine _engine;
    private HallFeed _feed;

    public HallEngineTests() => (_engine, _feed) = Start();

    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync(CancellationToken.None);
        _engine.Dispose();
        _journal.Dispose();
    }

    [Fact]
    public async Task Repeated_request_gets_the_first_answer_and_adds_no_event()
    {
        await OpenAsync();
        var first = await AskAsync(Take("k1"));
        var again = await AskAsync(Take("k1"));

        Assert.Equal(first.Events.AsEnumerable(), again.Events.AsEnumerable());
        Assert.Equal((false, true), (first.Repeated, again.Repeated));
        Assert.Equal(1, _feed.Latest.State.Services[new("pay")].Issued);
    }

    [Fact]
    public async Task Repeated_request_gets_the_first_answer_after_a_restart()
    {
        await OpenAsync();
        var first = await AskAsync(Take("k1"));
        await RestartAsync();

        var again = await AskAsync(Take("k1"));

        Assert.Equal(first.Events.AsEnumerable(), again.Events.AsEnumerable());
    }

    [Fact]
    public async Task Same_request_twice_at_once_is_carried_out_once()
    {
        await OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(Take("k1"))));

        Assert.Single(answers.Select(answer => answer.Events[0].Seq).Distinct());
        Assert.Equal(1, _feed.Latest.State.Services[new("pay")].Issued);
    }

    [Fact]
    public async Task Key_that_was_used_for_something_else_gets_neither_events_nor_rejection()
    {
        await OpenAsync();
        await AskAsync(Take("k1") with { Mark = "aaaa" });
        var other = await AskAsync(Take("k1") with { Mark = "bbbb" });

        Assert.True(other is { Events.IsEmpty: true, Rejection: null });
    }

    [Fact]
    public async Task Inputs_that_wait_are_committed_together_and_numbered_in_order()
    {
        await OpenAsync();
        var appends = _journal.Appends;
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => AskAsync(Take($"k{n}"))));

        var serials = answers.Select(answer => ((HallEvent.TicketIssued)answer.Events[0].Fact).Number.Serial);
        Assert.Equal(Enumerable.Range(1, 200), serials.Order());
        Assert.InRange(_journal.Appends - appends, 1, 199);
    }

    [Fact]
    public async Task State_after_a_restart_is_the_state_before_it()
    {
        await OpenAsync();
        for (var n = 0; n < 10; n++) await AskAsync(Take($"k{n}"));
        await AskAsync(Request.Once("api", new HallCommand.OpenCounter(new(1))));
        await AskAsync(Request.Once("api", new HallCommand.CallNext(new(1))));
        var before = _feed.Latest;
        await RestartAsync();

        var after = _feed.Latest;
        Assert.Equal((before.Seq, before.At), (after.Seq, after.At));
        Assert.Equal(before.State.Counters[new(1)].Ticket, after.State.Counters[new(1)].Ticket);
        Assert.Equal(before.State.Services[new("pay")].Line.Places, after.State.Services[new("pay")].Line.Places);
        Assert.Equivalent(before.State.Tickets.Values.OrderBy(t => t.Id.Value), after.State.Tickets.Values.OrderBy(t => t.Id.Value), strict: true);
    }

    [Fact]
    public async Task Clock_that_is_set_back_does_not_turn_back_the_hall()
    {
        await OpenAsync();
        var first = await AskAsync(Take("k1"));
        _clock.Now -= TimeSpan.FromHours(1);
        var second = await AskAsync(Take("k2"));

        Assert.True(second.Events[0].At >= first.Events[0].At);
    }

    [Fact]
    public async Task Journal_that_takes_nothing_leaves_the_hall_as_it_was_and_the_same_request_may_be_sent_again()
    {
        await OpenAsync();
        _journal.Trouble = JournalTrouble.ReadOnly;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AskAsync(Take("k1")));
        Assert.Equal(0, _feed.Latest.State.Services[new("pay")].Issued);

        _journal.Trouble = null;
        Assert.Equal(new TicketNumber('A', 1), ((HallEvent.TicketIssued)(await AskAsync(Take("k1"))).Events[0].Fact).Number);
    }

    [Fact]
    public async Task Full_disk_refuses_tickets_and_still_calls_those_who_wait()
    {
        await OpenAsync();
        await AskAsync(Take("k1"));
        await AskAsync(Request.Once("api", new HallCommand.OpenCounter(new(1))));
        (_journal.Trouble, _journal.Reserve) = (JournalTrouble.DiskFull, true);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => AskAsync(Take("k2")));
        var called = await AskAsync(Request.Once("api", new HallCommand.CallNext(new(1))));

        Assert.Equal(JournalTrouble.DiskFull, refused.Trouble);
        Assert.IsType<HallEvent.TicketCalled>(Assert.Single(called.Events).Fact);
    }

    [Fact]
    public async Task Stopped_engine_leaves_nobody_waiting()
    {
        await _engine.StopAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(Take("k1")));
    }

    private static Request Take(string key) => new(key, "api", new HallCommand.TakeTicket(TicketCodes.Draw(), new("pay"), "zh-CN", Print: false));

    private Task OpenAsync() => AskAsync(Request.Once("clock", new HallCommand.OpenDay(new(2026, 1, 5))));

    private Task<Answer> AskAsync(Request request) => _engine.AskAsync(request, CancellationToken.None).WaitAsync(Watchdog);

    private async Task RestartAsync()
    {
        await _engine.StopAsync(CancellationToken.None);
        _engine.Dispose();
        (_engine, _feed) = Start();
    }

    private (HallEngine Engine, HallFeed Feed) Start()
    {
        var (feed, answered) = Recovery.Run(_journal, RunningHall.Profile(), printing: true);
        var engine = new HallEngine(_journal, feed, answered, _clock, NullLogger<HallEngine>.Instance);
        engine.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return (engine, feed);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
