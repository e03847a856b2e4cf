using Kiosk.Domain.Site;
using Kiosk.Hardware;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Provisioning.Check;

/// <summary>Opens a device once through its driver, tests it and lets it go. For boards on which no host runs.</summary>
internal static class DeviceProbe
{
    /// <summary>Per device: a printer that is slow to connect still answers, one that hangs does not hold the others up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<DeviceRow> LookAsync(DeviceSettings settings, HallProfile hall, TimeProvider time, CancellationToken cancel)
    {
        if (settings.Emulated) return DeviceRow.Emulated(settings);

        var driver = DriverCatalog.Find(settings.Driver)
            ?? throw new InvalidOperationException($"driver {settings.Driver} passed the profile's check and is not in the catalog");
        var services = new DriverServices(time, NullLogger.Instance) { Zone = hall.TimeZone, Languages = hall.Languages };
        return DeviceRow.Of(settings, await LookAsync(driver, settings, services, cancel));
    }

    public static async Task<DeviceHealth> LookAsync(IDriver driver, DeviceSettings settings, DriverServices services, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(Patience, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            await using var device = await driver.OpenAsync(settings, null, services, either.Token);
            return await device.TestAsync(either.Token);
        }
        catch (DeviceLostException lost)
        {
            return DeviceHealth.OutOfService(lost.Fault, lost.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return DeviceHealth.OutOfService(DeviceFault.Silent, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
