using Kiosk.Hardware;

namespace Kiosk.Firmware.Devices;

/// <summary>Carries between the hall and every opened device of one class: keys in, numbers and slips out.</summary>
internal interface IDeviceAttendant
{
    DeviceClass Class { get; }

    /// <summary>Serves one opened device until cancelled. The device's own work runs beside it.</summary>
    /// <exception cref="DeviceLostException">The device is to be opened again.</exception>
    Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel);
}
