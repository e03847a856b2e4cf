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
        var emulated = (settings.Emulated, emulator) switch
        {
            (false, _) => null,
            (true, GpioButtonsEmulator chip) => chip,
            _ => throw new ArgumentException($"{settings.Id} is emulated and needs the emulator that {nameof(Emulate)} made", nameof(emulator)),
        };
        IGpioLines lines = emulated is null ? GpioLines.Open(options.Chip, options.Request) : emulated.Open(options.Request);
        IGpioOutputs? lamps = null;
        try
        {
            lamps = options.Lamps.Count == 0 ? null
                : emulated is null ? GpioLines.OpenOutputs(options.Chip, [.. options.Lamps.Select(lamp => lamp.Line)], options.LampsActiveLow)
                : emulated.OpenLamps();
            return Task.FromResult<IDevice>(new GpioButtons(options, lines, lamps, services));
        }
        catch (DeviceLostException)
        {
            lamps?.Dispose();
            lines.Dispose();
            throw;
        }
    }
}
