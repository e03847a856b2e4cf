using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Hardware.Tests.Printers;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>A ticket machine says that it is out of use as long as it is, and comes back although nobody presses anything.</summary>
public sealed class KioskUseTests : IAsyncDisposable
{
    private readonly FlakyJournal _journal = new();
    private readonly ManualTime _time = new();
    private readonly ScreenPulse _pulse = new();
    private readonly HallEngine _engine;
    private readonly KioskUse _use;
    private int _pulses;

    public KioskUseTests()
    {
        var (feed, answered) = Recovery.Run(_journal, RunningHall.Profile(), printing: true);
        _engine = new(_journal, feed, answered, _time, NullLogger<HallEngine>.Instance);
        _engine.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        _use = new(_engine, _journal, _pulse, _time);
        _pulse.Raised += () => Interlocked.Increment(ref _pulses);
    }

    public async ValueTask DisposeAsync()
    {
        await _use.StopAsync(CancellationToken.None);
        await _engine.StopAsync(CancellationToken.None);
        _use.Dispose();
        _engine.Dispose();
        _journal.Dispose();
    }

    [Fact]
    public async Task Full_disk_that_has_room_again_is_noticed_although_nobody_asks()
    {
        await _use.StartAsync(CancellationToken.None);
        await _engine.AskAsync(Request.Once("test", new HallCommand.OpenDay(new(2026, 1, 5))), CancellationToken.None);
        Assert.False(_use.Off);

        (_journal.Trouble, _journal.Reserve) = (JournalTrouble.DiskFull, true);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _engine.AskAsync(Request.Once("test", new HallCommand.TakeTicket(TicketCodes.Draw(), new("pay"), "en")), CancellationToken.None));
        Assert.True(_use.Off);
        await _time.PassUntilAsync(UntilAsync(() => _pulses == 1));

        _journal.Room = true;
        await _time.PassUntilAsync(UntilAsync(() => !_use.Off && _pulses == 2));
    }

    [Fact]
    public async Task After_another_trouble_customers_may_try_again_soon()
    {
        _journal.Trouble = JournalTrouble.ReadOnly;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _engine.AskAsync(Request.Once("test", new HallCommand.OpenDay(new(2026, 1, 5))), CancellationToken.None));

        Assert.True(_use.Off);
        _time.Advance(KioskUse.TryAgain);
        Assert.False(_use.Off);
    }

    private static async Task<bool> UntilAsync(Func<bool> so)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!so()) await Task.Delay(5, watchdog.Token);
        return true;
    }
}
