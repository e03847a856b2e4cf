using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers;

/// <summary>What both drivers do: open the link, and then read voice and chime. A card that is away must not have a hundred clips read at each attempt.</summary>
internal static class AnnouncerOpening
{
    public static IReadOnlyList<string> LinkSchemes { get; } = [AnnouncerLink.AlsaScheme, AnnouncerLink.FileScheme];

    /// <exception cref="DeviceLostException">The link cannot be opened now.</exception>
    public static async Task<IDevice> OpenAsync(
        AnnouncerOptions options, Func<IVoice> voice, DeviceSettings settings, IEmulator? emulator, DriverServices services, CancellationToken cancel)
    {
        var pcm = await options.Link!.OpenAsync(options.Rate, emulator, services.Time, cancel);
        return new Announcer(options, await Task.Run(voice, cancel), ChimeOf(options, settings.Id, services), pcm, services);
    }

    // A chime that cannot be read is no reason to be silent.
    private static Sound ChimeOf(AnnouncerOptions options, string device, DriverServices services)
    {
        if (options.ChimeFile is not { } file) return Chime.At(options.Rate);
        var reading = ReadFile(file);
        if (reading.Sound is { } sound) return sound.At(options.Rate);
        Announcer.LogMistake(services.Log, device, $"chime {file} {reading.Mistake}; the built-in one is played");
        return Chime.At(options.Rate);
    }

    private static WavReading ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length > WavFile.MostBytes ? new(null, $"is larger than {WavFile.MostBytes} bytes") : WavFile.Read(File.ReadAllBytes(file));
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return new(null, $"cannot be read: {unread.Message}");
        }
    }
}
