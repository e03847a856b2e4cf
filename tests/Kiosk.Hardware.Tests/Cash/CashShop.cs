using System.Text.Json.Nodes;
using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>A driver and the emulator that it opens by itself, over a network port of this machine.</summary>
internal sealed class CashShop : IAsyncDisposable
{
    /// <summary>The wire gets half as much real time as passes on the clock: an answer may be late by far more than it ever is.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20), Breath = TimeSpan.FromMilliseconds(10), Watchdog = TimeSpan.FromSeconds(40);

    private readonly IDriver _driver;
    private readonly DeviceSettings _settings;
    private readonly DriverServices _services;
    private readonly ManualTime _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    public CashShop(IDriver driver, string options, ManualTime time)
    {
        (_driver, _time, _services) = (driver, time, new DriverServices(time, NullLogger.Instance));
        _settings = new DeviceSettings("under-test", driver.Id, "emulated:", JsonText.Parse(options));
        Assert.Empty(driver.Check(_settings));
        Emulator = driver.Emulate(_settings, _services);
    }

    public IEmulator Emulator { get; }

    public CashLedger Ledger { get; } = new();

    public ICashAcceptor? Acceptor { get; private set; }

    public async Task OpenAsync(params long[] accepted)
    {
        var opening = _driver.OpenAsync(_settings, Emulator, _services, _stop.Token);
        await UntilAsync(() => opening.IsCompleted);
        Acceptor = (ICashAcceptor)await opening;
        Acceptor.Accept(accepted.ToHashSet());
        _serving = Acceptor.ServeAsync(Ledger.Past, Ledger, _stop.Token);
    }

    public void Do(string control, string arguments) => Emulator.Do(control, JsonText.Parse(arguments));

    public JsonNode Look(string member) => Emulator.Look()[member]!;

    public async Task UntilAsync(Func<bool> done)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Watchdog, $"it never happened: {Emulator.Look()}; {string.Join("; ", Ledger.Entries)}");
            if (_serving.IsFaulted) await _serving;
            _time.Advance(Step);
            var breath = TimeProvider.System.GetTimestamp();
            await Task.Delay(Breath);

            // On a busy machine the wire is late as well.
            var late = TimeProvider.System.GetElapsedTime(breath) - Breath;
            if (late > Breath) await Task.Delay(4 * late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        var ended = Task.WhenAny(_serving);
        await UntilAsync(() => ended.IsCompleted);
        if (Acceptor is not null) await Acceptor.DisposeAsync();
        await Emulator.DisposeAsync();
        _stop.Dispose();
    }
}
