using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>Surge plans in the whole appliance: a crowd stood there before it was started anew.</summary>
public sealed class SurgeHostTests
{
    [Fact]
    public async Task Timer_that_began_before_the_restart_runs_out_at_its_moment_and_the_manager_reads_what_comes_next()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        var began = Crowd(data, TimeSpan.FromMinutes(7));

        await using var hall = await RunningHall.StartAsync(data: data);
        var called = await CalledInAsync(hall);
        var page = await hall.Http.GetStringAsync(new Uri(hall.Address, "/manager?lang=en"));

        Assert.Equal(("hall", "floating", 6, began.AddMinutes(5)), (called.Plan, called.Group, called.Waiting, called.Due));
        Assert.Contains("Outbound staff in 3 min if the line stays above 5.", page, StringComparison.Ordinal);
        Assert.Contains("Surge plan: Floating staff should be in the hall (6 waiting).", page, StringComparison.Ordinal);
        Assert.Equal("clock", hall.The<IJournal>().Read(0, 100).Single(entry => entry.Fact is SurgeGroupCalledIn).Source);
        Assert.All(hall.The<HallFeed>().Latest.State.Counters.Values, counter => Assert.Equal(CounterPhase.Closed, counter.Phase));
    }

    [Fact]
    public async Task Hall_whose_profile_has_no_plan_is_left_alone_and_its_page_says_nothing_of_it()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        Crowd(data, TimeSpan.FromMinutes(30));

        await using var hall = await RunningHall.StartAsync(profile => profile.Remove("surge"), data);
        await hall.The<IIntake>().AskAsync(Request.Once("test", new HallCommand.OpenCounter(new(1))), default).WaitAsync(RunningHall.Watchdog);

        Assert.DoesNotContain(hall.The<IJournal>().Read(0, 100), entry => entry.Fact is SurgeGroupCalledIn);
        Assert.DoesNotContain("Further staff", await hall.Http.GetStringAsync(new Uri(hall.Address, "/manager?lang=en")), StringComparison.Ordinal);
    }

    /// <summary>Six people who took numbers that long ago.</summary>
    private static DateTimeOffset Crowd(string data, TimeSpan ago)
    {
        // Whole microseconds, as the journal keeps them.
        var at = DateTimeOffset.FromUnixTimeMilliseconds((TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds());
        var day = HallHours.Local(RunningHall.Profile(), at).Date;
        using var journal = SqliteJournal.Open(data, "test");
        HallEvent[] facts = [new DayOpened(day), .. Enumerable.Range(1, 6).Select(n => new TicketIssued(new($"t{n:00000000000}"), new('A', n), new("pay"), "en", n - 1))];
        journal.Append([.. facts.Select(fact => new Entry(at, fact, null, "test"))]);
        return at;
    }

    private static async Task<SurgeGroupCalledIn> CalledInAsync(RunningHall hall)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (true)
        {
            if (hall.The<IJournal>().Read(0, 100).Select(entry => entry.Fact).OfType<SurgeGroupCalledIn>().FirstOrDefault() is { } called) return called;
            if (patience.IsCancellationRequested) throw new TimeoutException("nobody was called in");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
