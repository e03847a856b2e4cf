using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware;

public enum DeviceClass
{
    TicketPrinter,
    CallButtons,
    CounterDisplay,
    Announcer,
    CardTerminal,
    CashAcceptor,
}

/// <param name="Id">Unique in the hall, as <c>ticket-printer</c>.</param>
/// <param name="Link">As in hall.json: <c>tcp://host:9100</c>, <c>usb:///dev/usb/lp0</c>, <c>spi:///dev/spidev0.0</c>, <c>gpio:LABEL</c>, <c>emulated:</c>.</param>
/// <param name="Options">A JSON object; the driver says which members it knows.</param>
public sealed record DeviceSettings(string Id, string Driver, string Link, JsonElement Options)
{
    public bool Emulated => Link.StartsWith("emulated:", StringComparison.Ordinal);
}

/// <summary>A mistake in a device's settings.</summary>
/// <param name="Path">Below the device, as <c>link</c> or <c>options.columns</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record SettingMistake(string Path, string Message);

/// <summary>What a driver may use of its host.</summary>
public sealed record DriverServices(TimeProvider Time, ILogger Log)
{
    /// <summary>The hall's own time of day: brightness and volume follow it.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The hall's languages, as <c>zh-CN</c>: an announcer that lacks a voice for one of them says so.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}

/// <summary>A make of device that the appliance can drive. One line each in <see cref="DriverCatalog"/>.</summary>
public interface IDriver
{
    /// <summary>As in hall.json: <c>escpos</c>, <c>gpio-buttons</c>, <c>max7219</c>.</summary>
    string Id { get; }

    DeviceClass Class { get; }

    /// <summary>Link schemes it can use, without <c>emulated</c>: <c>tcp</c>, <c>usb</c> …</summary>
    IReadOnlyList<string> LinkSchemes { get; }

    /// <summary>Every mistake in the settings; opens nothing.</summary>
    IReadOnlyList<SettingMistake> Check(DeviceSettings settings);

    /// <summary>The device's other end, speaking the wire from the device's side. Lives as long as the host.</summary>
    IEmulator Emulate(DeviceSettings settings, DriverServices services);

    /// <summary>Opens the device, or its emulator where one is given. Settings have been checked.</summary>
    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel);
}
