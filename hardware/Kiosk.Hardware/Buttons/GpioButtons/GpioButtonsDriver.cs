using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>Call units wired to input lines of the board. Settings, wiring and faults: README.md.</summary>
public sealed class GpioButtonsDriver : IDriver
{
    public string Id => "gpio-buttons";

    public DeviceClass Class => DeviceClass.CallButtons;

    public IReadOnlyList<string> LinkSchemes => [GpioButtonsOptions.Scheme];

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => GpioButtonsOptions.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) =>
        new GpioButtonsEmulator(GpioButtonsOptions.Of(settings), services.Time);

    public Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var options = GpioButtonsOptions.Of(settings);
        IGpioLines lines = (settings.Emulated, emulator) switch
        {
            (false, _) => GpioLines.Open(options.Chip, options.Request),
            (true, GpioButtonsEmulator emulated) => emulated.Open(options.Request),
            _ => throw new ArgumentException($"{settings.Id} is emulated and needs the emulator that {nameof(Emulate)} made", nameof(emulator)),
        };
        try
        {
            return Task.FromResult<IDevice>(new GpioButtons(options, lines, services));
        }
        catch (DeviceLostException)
        {
            lines.Dispose();
            throw;
        }
    }
}
