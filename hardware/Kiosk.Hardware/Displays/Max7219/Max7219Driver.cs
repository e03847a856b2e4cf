using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>A chain of panels on an SPI chip select: seven segments with one MAX7219 each, or 8 × 8 dots with several. Settings, wiring and faults: README.md.</summary>
public sealed class Max7219Driver : IDriver
{
    public string Id => "max7219";

    public DeviceClass Class => DeviceClass.CounterDisplay;

    public IReadOnlyList<string> LinkSchemes => [Max7219Options.Scheme];

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => Max7219Options.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) =>
        new Max7219Emulator(Max7219Options.Of(settings), DeviceSeed.Of(settings.Id));

    public Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var options = Max7219Options.Of(settings);
        ISpiLink link = (settings.Emulated, emulator) switch
        {
            (false, _) => SpiLink.Open(options.Path, options.SpeedHz),
            (true, Max7219Emulator emulated) => emulated.Open(),
            _ => throw new ArgumentException($"{settings.Id} is emulated and needs the emulator that {nameof(Emulate)} made", nameof(emulator)),
        };
        return Task.FromResult<IDevice>(new PanelDisplay(new Max7219Wire(options, link), new PanelRhythm(options.Refresh, options.Brightness), services));
    }
}
