using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>Seven-segment panels with an HT16K33 each, on an I2C bus. Settings, wiring and faults: README.md.</summary>
public sealed class Ht16k33Driver : IDriver
{
    public string Id => "ht16k33";

    public DeviceClass Class => DeviceClass.CounterDisplay;

    public IReadOnlyList<string> LinkSchemes => [I2cAddress.Scheme];

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => Ht16k33Options.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new Ht16k33Emulator(Ht16k33Options.Of(settings), DeviceSeed.Of(settings.Id));

    public Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var options = Ht16k33Options.Of(settings);
        II2cLink link = (options.Bus, emulator) switch
        {
            ({ } bus, _) => I2cLink.Open(bus.Find()),
            (null, Ht16k33Emulator emulated) => emulated.Open(),
            _ => throw new ArgumentException($"{settings.Id} is emulated and needs the emulator that {nameof(Emulate)} made", nameof(emulator)),
        };
        return Task.FromResult<IDevice>(new PanelDisplay(new Ht16k33Wire(options, link), new PanelRhythm(options.Refresh, options.Brightness), services));
    }
}
