using System.Text.Json;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Hardware;

namespace Kiosk.Firmware.Devices;

/// <summary>Runs every device of the profile, each in a slot of its own.</summary>
internal sealed class DeviceSupervisor : BackgroundService, IDeviceDirectory
{
    private readonly Dictionary<string, DeviceSlot> _slots;
    private readonly PaperRolls _rolls;

    public DeviceSupervisor(HallProfile profile, IEnumerable<IDeviceAttendant> attendants, PaperRolls rolls, TimeProvider time, ILogger<DeviceSlot> log)
    {
        _rolls = rolls;
        rolls.Changed += () => Changed?.Invoke();
        var byClass = attendants.ToDictionary(attendant => attendant.Class);
        _slots = profile.Devices.Select(Settings).ToDictionary(settings => settings.Id, settings =>
        {
            var driver = DriverCatalog.Find(settings.Driver)!;
            return new DeviceSlot(settings, driver, byClass[driver.Class], profile.TimeZone, time, log, profile.Languages);
        });
        foreach (var slot in _slots.Values)
        {
            slot.Changed += () => Changed?.Invoke();
            slot.PowerUp();
        }
    }

    public event Action? Changed;

    public IReadOnlyList<DeviceView> Devices => [.. _slots.Values.Select(slot => WithPaper(slot.View()))];

    public static DeviceSettings Settings(DeviceProfile device) => new(device.Id, device.Driver, device.Link, device.Options);

    /// <summary>A device's mistakes as the profile's reader lists them.</summary>
    public static IEnumerable<ProfileMistake> Check(DeviceProfile device) =>
        DriverCatalog.Check(Settings(device)).Select(mistake => new ProfileMistake(mistake.Path, mistake.Message));

    public bool Control(string device, string control, JsonElement arguments)
    {
        if (!_slots.TryGetValue(device, out var slot) || slot.Emulator is not { } emulator) return false;

        emulator.Do(control, arguments);
        return true;
    }

    public EmulatedSound? Sound(string device, long? number) => _slots.TryGetValue(device, out var slot) ? slot.Sound(number) : null;

    public async Task<DeviceView?> TestAsync(string device, CancellationToken cancel) =>
        _slots.TryGetValue(device, out var slot) ? WithPaper(await slot.TestAsync(cancel)) : null;

    public bool Restart(string device)
    {
        if (!_slots.TryGetValue(device, out var slot)) return false;

        slot.Restart();
        return true;
    }

    public bool PaperLoaded(string device) => _rolls.Load(device);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var slot in _slots.Values) await slot.DisposeAsync();
    }

    private DeviceView WithPaper(DeviceView device) => device with { Paper = _rolls.Of(device.Id) };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_slots.Values.Select(slot => Task.Run(() => slot.RunAsync(stoppingToken), CancellationToken.None)));
}
