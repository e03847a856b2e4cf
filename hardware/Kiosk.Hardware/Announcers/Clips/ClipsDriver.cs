using Kiosk.Hardware.Announcers.Emulation;
using Kiosk.Hardware.Announcers.Espeak;

namespace Kiosk.Hardware.Announcers.Clips;

/// <summary>Chime and recorded words, joined; espeak-ng for what is not recorded. Settings, the clips and faults: README.md.</summary>
public sealed class ClipsDriver : IDriver
{
    public string Id => "clips";

    public DeviceClass Class => DeviceClass.Announcer;

    public IReadOnlyList<string> LinkSchemes => AnnouncerOpening.LinkSchemes;

    public IReadOnlyList<SettingMistake> Check(DeviceSettings settings) => AnnouncerOptions.Read(settings, clips: true).Mistakes;

    public IEmulator Emulate(DeviceSettings settings, DriverServices services) => new SpeakerEmulator(services.Time);

    public Task<IDevice> OpenAsync(DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var options = AnnouncerOptions.Of(settings, clips: true);
        return AnnouncerOpening.OpenAsync(options, Voice, settings, emulator, services, cancel);

        ClipVoice Voice()
        {
            var synthetic = options.Program is { } program ? new EspeakVoice(program, options.WordsAMinute, options.One, services.Time) : null;
            var voice = new ClipVoice(options.Clips, options.Rate, options.One, synthetic);
            foreach (var mistake in voice.Mistakes) Announcer.LogMistake(services.Log, settings.Id, mistake);
            return voice;
        }
    }
}
