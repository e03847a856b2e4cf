using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices.Scripts;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What the devices screen shows besides the devices themselves: their past, and the scripts that misuse them.</summary>
internal sealed class DevicePasts(BookKeeper books, EmulatorScripts scripts, TimeProvider time)
{
    public IReadOnlyDictionary<string, ScriptView> Scripts => scripts.All;

    public IReadOnlyDictionary<string, DeviceHistory> Week(IReadOnlyList<DeviceView> devices)
    {
        var (until, register) = (time.GetUtcNow(), books.Current.Equipment);
        return devices.ToDictionary(device => device.Id, device => DeviceHistory.Of(register, device.Id, until - DeviceHistory.Week, until), StringComparer.Ordinal);
    }
}
