using System.Text.Json.Nodes;
using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>A driver and the emulator that it opens by itself, over a network port of this machine.</summary>
internal sealed class CashShop : IAsyncDisposable
{
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
        Acceptor = (ICashAcceptor)await _time.PassUntilAsync(_driver.OpenAsync(_settings, Emulator, _services, _stop.Token));
        Acceptor.Accept(accepted.ToHashSet());
        _serving = Acceptor.ServeAsync(Ledger.Past, Ledger, _stop.Token);
    }

    public void Do(string control, string arguments) => Emulator.Do(control, JsonText.Parse(arguments));

    public JsonNode Look(string member) => Emulator.Look()[member]!;

    public async Task UntilAsync(Func<bool> done)
    {
        for (var tries = 0; !done(); tries++)
        {
            Assert.True(tries < 400, $"it never happened: {Emulator.Look()}; {string.Join("; ", Ledger.Entries)}");
            Assert.False(_serving.IsFaulted, $"{_serving.Exception}");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _time.PassUntilAsync(Ended());
        if (Acceptor is not null) await Acceptor.DisposeAsync();
        await Emulator.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<bool> Ended()
    {
        await Task.WhenAny(_serving);
        return true;
    }
}
