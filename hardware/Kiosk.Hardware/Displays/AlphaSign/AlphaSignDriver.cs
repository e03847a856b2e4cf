namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>LED signs that speak the Alpha protocol: BetaBrite, Alpha 210C to 4200C and their kin. Settings, wiring and faults: README.md.</summary>
public sealed class AlphaSignDriver : IDriver
{
    public string Id => "alpha-sign";

    public DeviceClass Class => DeviceClass.CounterDisplay;

    public IReadOnlyList<string> LinkSchemes => PanelLine.Schemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => AlphaSignOptions.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new AlphaSignEmulator(AlphaSignOptions.Of(settings), services.Time);

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = AlphaSignOptions.Of(settings);
        var line = await PanelLine.OpenAsync(settings, (emulator as AlphaSignEmulator)?.Address, options.Gap, services.Time, cancel);
        return new PanelDisplay(new AlphaSignWire(options, line, services.Time), new PanelRhythm(options.Refresh, DayPlan.Always(0)), services);
    }
}
