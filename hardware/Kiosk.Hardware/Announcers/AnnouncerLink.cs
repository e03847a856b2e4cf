using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Emulation;

namespace Kiosk.Hardware.Announcers;

/// <summary>Where the sound goes: <c>alsa:NAME</c>, <c>file:///path/dir</c> or <c>emulated:</c>.</summary>
internal abstract record AnnouncerLink
{
    public const string AlsaScheme = "alsa", FileScheme = "file";

    /// <summary>A sound server that does not answer must not hold up the device.</summary>
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(5);

    private AnnouncerLink() { }

    public sealed record Alsa(string Name) : AnnouncerLink;

    public sealed record Folder(string Path) : AnnouncerLink;

    public sealed record Emulated : AnnouncerLink;

    public static AnnouncerLink? Of(DeviceSettings settings, List<SettingMistake> mistakes)
    {
        if (settings.Emulated) return new Emulated();
        if (settings.Link.StartsWith("alsa:", StringComparison.Ordinal) && settings.Link.Length > "alsa:".Length) return new Alsa(settings.Link["alsa:".Length..]);
        if (Uri.TryCreate(settings.Link, UriKind.Absolute, out var link) && link is { Scheme: FileScheme, Host: "", Query: "", LocalPath.Length: > 1 }) return new Folder(link.LocalPath);
        mistakes.Add(new("link", $"\"{settings.Link}\" is not alsa:default, alsa:plughw:CARD=NAME (aplay -L lists them), file:///path/of/a/folder or emulated:"));
        return null;
    }

    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public async Task<IPcm> OpenAsync(int rate, IEmulator? emulator, TimeProvider time, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        switch (this)
        {
            case Folder folder: return SoundFolder.Open(folder.Path, rate, time);
            case Emulated when emulator is SpeakerEmulator speaker: return speaker.Open(rate);
            case Alsa card:
                var opening = Task.Run(() => AlsaCard.Open(card.Name, rate), CancellationToken.None);
                try
                {
                    return await opening.WaitAsync(OpenWithin, time, cancel);
                }
                catch (Exception given) when (given is TimeoutException or OperationCanceledException)
                {
                    // Whenever it does open after all, nobody wants it any more.
                    _ = opening.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
                    cancel.ThrowIfCancellationRequested();
                    throw new DeviceLostException(DeviceFault.Silent, $"alsa:{card.Name} does not open within {OpenWithin.TotalSeconds:0} s", given);
                }

            default: throw new ArgumentException("an emulated announcer needs the emulator that its driver made", nameof(emulator));
        }
    }
}
