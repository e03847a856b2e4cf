using System.Text.Json;
using Kiosk.Domain.Views;
using Kiosk.Hardware;

namespace Kiosk.Firmware.Devices;

/// <summary>The devices of this board as screens and reports see them.</summary>
public interface IDeviceDirectory
{
    /// <summary>In the order of the profile.</summary>
    IReadOnlyList<DeviceView> Devices { get; }

    /// <summary>A ticket printer works: what is sent to paper comes out now.</summary>
    bool Prints => Devices.Any(device => device.Class == nameof(DeviceClass.TicketPrinter) && device.State is DeviceState.Ok or DeviceState.Degraded);

    /// <summary>Raised on any thread after a device's health or an emulator's look changed. Handlers must not block.</summary>
    event Action? Changed;

    /// <summary>Does something to an emulated device.</summary>
    /// <returns>False where there is no such device or it is not emulated.</returns>
    /// <exception cref="ArgumentException">Unknown control or argument; the message says what is allowed.</exception>
    bool Control(string device, string control, JsonElement arguments);

    /// <summary>What was heard of an emulated device.</summary>
    /// <param name="number">Of the sound; null: the latest.</param>
    /// <returns>Null where there is no such device or sound.</returns>
    EmulatedSound? Sound(string device, long? number) => null;

    /// <summary>Tests a device now. Null where there is no such device.</summary>
    Task<DeviceView?> TestAsync(string device, CancellationToken cancel);

    /// <summary>Closes a device and opens it again. A slip that is being printed is finished first.</summary>
    /// <returns>False where there is no such device.</returns>
    bool Restart(string device) => false;

    /// <summary>Somebody put a new roll in: its paper is counted from here on.</summary>
    /// <returns>False where there is no such printer, or it was never opened.</returns>
    bool PaperLoaded(string device) => false;
}
