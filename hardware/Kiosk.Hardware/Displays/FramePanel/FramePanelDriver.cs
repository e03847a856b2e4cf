namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Window panels on RS-485 whose frames the options describe. Settings, examples, wiring and faults: README.md.</summary>
public sealed class FramePanelDriver : IDriver
{
    public string Id => "frame-panel";

    public DeviceClass Class => DeviceClass.CounterDisplay;

    public IReadOnlyList<string> LinkSchemes => PanelLine.Schemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => FramePanelOptions.Read(settings).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new FramePanelEmulator(FramePanelOptions.Of(settings), services.Time);

    public async Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = FramePanelOptions.Of(settings);
        var line = await PanelLine.OpenAsync(settings, (emulator as FramePanelEmulator)?.Address, options.Gap, services.Time, cancel);
        return new PanelDisplay(new FramePanelWire(options, line), new PanelRhythm(options.Refresh, options.Brightness), services);
    }
}
