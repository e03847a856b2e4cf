using Kiosk.Hardware.Announcers.Emulation;

namespace Kiosk.Hardware.Announcers.Espeak;

/// <summary>Chime and the synthetic voice of espeak-ng. Settings, wiring and faults: README.md.</summary>
public sealed class EspeakDriver : IDriver
{
    public string Id => "espeak";

    public DeviceClass Class => DeviceClass.Announcer;

    public IReadOnlyList<string> LinkSchemes => AnnouncerOpening.LinkSchemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => AnnouncerOptions.Read(settings, clips: false).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new SpeakerEmulator(services.Time);

    public Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = AnnouncerOptions.Of(settings, clips: false);
        return AnnouncerOpening.OpenAsync(options, () => new EspeakVoice(options.Program!, options.WordsAMinute, options.One, services.Time), settings, emulator, services, cancel);
    }
}
