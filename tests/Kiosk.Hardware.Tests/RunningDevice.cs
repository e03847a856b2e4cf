using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests;

/// <summary>A device opened over its emulator and running, with a clock of its own.</summary>
public sealed class RunningDevice<T> : IAsyncDisposable
    where T : class, IDevice
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly IDriver _driver;
    private readonly DeviceSettings _settings;
    private readonly DriverServices _services;
    private readonly DeviceCable? _cable;
    private CancellationTokenSource _stop = new();

    /// <param name="cable">Leads to the emulator as a real cable would; without one the driver takes the emulator itself.</param>
    public RunningDevice(IDriver driver, string options, TimeZoneInfo? zone = null, DeviceCable? cable = null)
    {
        (_driver, _cable) = (driver, cable);
        _settings = new DeviceSettings("under-test", driver.Id, "emulated:", JsonText.Parse(options));
        _services = new DriverServices(Clock, NullLogger.Instance) { Zone = zone ?? TimeZoneInfo.Utc };
        Assert.Empty(driver.Check(_settings));
        Emulator = driver.Emulate(_settings, _services);
    }

    public SteppedClock Clock { get; } = new();

    public IEmulator Emulator { get; }

    public T Device { get; private set; } = null!;

    public Task Running { get; private set; } = Task.CompletedTask;

    public async Task<RunningDevice<T>> OpenAsync(bool run = true)
    {
        Device = _cable is null
            ? (T)await _driver.OpenAsync(_settings, Emulator, _services, _stop.Token)
            : (T)await _driver.OpenAsync(_settings with { Link = await _cable.LinkAsync(Emulator, Clock) }, null, _services, _stop.Token);
        if (run) Running = Device.RunAsync(_stop.Token);
        return this;
    }

    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Running.WaitAsync(Watchdog));
        await Device.DisposeAsync().AsTask().WaitAsync(Watchdog);
        _stop = new CancellationTokenSource();
    }

    public Task CancelAsync() => _stop.CancelAsync();

    public void Do(string control, string arguments = "{}") => Emulator.Do(control, JsonText.Parse(arguments));

    /// <summary>Waits until what one sees of the emulator, or its health, is as expected.</summary>
    public async Task SeeAsync(Func<bool> expected)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (expected()) seen.TrySetResult();
        }

        Emulator.Changed += Look;
        Device.HealthChanged += Look;
        Look();
        await seen.Task.WaitAsync(Watchdog);
        Emulator.Changed -= Look;
        Device.HealthChanged -= Look;
    }

    public async Task<DeviceLostException> LostAsync() => await Assert.ThrowsAsync<DeviceLostException>(() => Running.WaitAsync(Watchdog));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (Device is not null) await Device.DisposeAsync().AsTask().WaitAsync(Watchdog);
        await Emulator.DisposeAsync();
        if (_cable is not null) await _cable.DisposeAsync();
        _stop.Dispose();
    }
}

public static class JsonText
{
    public static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;
}
