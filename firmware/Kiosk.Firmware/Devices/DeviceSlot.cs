using Kiosk.Domain.Views;
using Kiosk.Firmware.Effects;
using Kiosk.Hardware;

namespace Kiosk.Firmware.Devices;

/// <summary>The place of one device of the profile: opens it, runs it, and opens it again with back-off when it is lost. A fault here never reaches the hall.</summary>
internal sealed partial class DeviceSlot(DeviceSettings settings, IDriver driver, IDeviceAttendant attendant, TimeZoneInfo zone, TimeProvider time, ILogger<DeviceSlot> log, IReadOnlyList<string>? languages = null) : IAsyncDisposable
{
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(250), LastBackOff = TimeSpan.FromSeconds(5);

    private readonly DriverServices _services = new(time, log) { Zone = zone, Languages = languages ?? [] };
    private readonly Lock _gate = new();
    private IEmulator? _emulator;
    private IDevice? _device;
    private CancellationTokenSource? _life;
    private volatile Appearance? _look;
    private long _changes;
    private DeviceHealth _health = DeviceHealth.Unknown;
    private DateTimeOffset _since = time.GetUtcNow();

    public DeviceSettings Settings => settings;

    public IEmulator? Emulator => _emulator;

    /// <param name="number">Null: the latest.</param>
    public EmulatedSound? Sound(long? number) => _emulator?.Sounds.FirstOrDefault(sound => number is null || sound.Number == number);

    public event Action? Changed;

    /// <summary>Makes the emulator where one is asked for. Called once, before <see cref="RunAsync"/>.</summary>
    public void PowerUp()
    {
        if (!settings.Emulated) return;

        _emulator = driver.Emulate(settings, _services);
        _emulator.Changed += () =>
        {
            lock (_gate) (_changes, _look) = (_changes + 1, null);
            Changed?.Invoke();
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var backOff = FirstBackOff;
        while (!cancel.IsCancellationRequested)
        {
            var opened = time.GetTimestamp();
            await LiveOnceAsync(cancel);
            backOff = time.GetElapsedTime(opened) > LastBackOff ? FirstBackOff : Min(backOff * 2, LastBackOff);
            try
            {
                await Task.Delay(backOff, time, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Ends the device's present life; <see cref="RunAsync"/> begins another.</summary>
    public void Restart()
    {
        lock (_gate) _life?.Cancel();
    }

    public async Task<DeviceView> TestAsync(CancellationToken cancel)
    {
        if (_device is { } device)
        {
            try
            {
                Enter(await device.TestAsync(cancel));
            }
            catch (DeviceLostException lost)
            {
                Enter(DeviceHealth.OutOfService(lost.Fault, lost.Message));
            }
        }

        return View();
    }

    public DeviceView View()
    {
        // Drawn once for all who look, and again only after the emulator has changed.
        var look = _emulator is null ? null : _look ?? Draw(_emulator);
        lock (_gate)
        {
            return new(
                settings.Id,
                driver.Class.ToString(),
                settings.Driver,
                settings.Link,
                (DeviceState)_health.State,
                _health.Fault?.ToString(),
                _health.Detail,
                _since,
                look?.Look,
                look?.Pictures ?? [],
                _emulator?.Controls.ToDictionary(control => control.Name, control => control.Arguments) ?? []);
        }
    }

    private Appearance Draw(IEmulator emulator)
    {
        long before;
        lock (_gate) before = _changes;
        var fresh = new Appearance(emulator.Look(), emulator.Pictures);

        // One that changed while it was drawn is drawn again by the next who looks.
        lock (_gate)
        {
            if (before == _changes) _look = fresh;
        }

        return fresh;
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
    }

    private async Task LiveOnceAsync(CancellationToken cancel)
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        lock (_gate) _life = whole;
        try
        {
            await using var device = await driver.OpenAsync(settings, _emulator, _services, whole.Token);
            device.HealthChanged += () => Enter(device.Health);
            Enter(device.Health);
            _device = device;
            
            // Its own work and the hall's use of it share the device's life.
            await Together.RunAsync(whole.Token, device.RunAsync, life => attendant.AttendAsync(settings, device, life));
        }
        catch (DeviceLostException lost)
        {
            Enter(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (OperationCanceledException) when (whole.IsCancellationRequested)
        {
            LogRestart(log, settings.Id);
            Enter(DeviceHealth.Unknown);
        }
        catch (Exception defect)
        {
            // A defect of a driver takes its device out of service, with its trace in the log; the hall goes on without it.
            LogDefect(log, settings.Id, defect);
            Enter(DeviceHealth.OutOfService(DeviceFault.Broken, $"{defect.GetType().Name}: {defect.Message}"));
        }
        finally
        {
            _device = null;
            lock (_gate) _life = null;
        }
    }

    private void Enter(DeviceHealth health)
    {
        lock (_gate)
        {
            if (health == _health) return;
            if (health.State != _health.State || health.Fault != _health.Fault)
            {
                _since = time.GetUtcNow();
                Log(health);
            }

            _health = health;
        }

        Changed?.Invoke();
    }

    private void Log(DeviceHealth health)
    {
        if (health.State == HealthState.Ok) LogOk(log, settings.Id);
        else if (health.State != HealthState.Unknown) LogTrouble(log, settings.Id, health.State, health.Fault, health.Detail);
    }

    private sealed record Appearance(System.Text.Json.Nodes.JsonObject Look, IReadOnlyList<string> Pictures);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(1, LogLevel.Information, "{Device} is OK")]
    private static partial void LogOk(ILogger log, string device);

    [LoggerMessage(4, LogLevel.Information, "{Device} is opened anew: somebody asked for it")]
    private static partial void LogRestart(ILogger log, string device);

    [LoggerMessage(3, LogLevel.Error, "The driver of {Device} failed; the device is opened again")]
    private static partial void LogDefect(ILogger log, string device, Exception defect);

    [LoggerMessage(2, LogLevel.Warning, "{Device} is {State}: {Fault} {Detail}")]
    private static partial void LogTrouble(ILogger log, string device, HealthState state, DeviceFault? fault, string detail);
}
