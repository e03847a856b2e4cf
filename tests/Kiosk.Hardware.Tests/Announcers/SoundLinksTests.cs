using System.Runtime.InteropServices;
using Kiosk.Hardware.Announcers;
using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Clips;
using Kiosk.Hardware.Announcers.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Announcers;

/// <summary>The drivers over the real libasound (whose card is a file) and over a folder.</summary>
public sealed partial class SoundLinksTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("sound-").FullName;

    public SoundLinksTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "en"));
        foreach (var (word, place) in ClipCatalog.Of("en", "A").Select((word, place) => (word, place)))
            File.WriteAllBytes(ClipSet.PathOf(_folder, "en", word.Clip), WavFile.Write(ClipsAnnouncerTests.Tone(300 + (10 * place), 0.2)));

        // The library reads it when a card is opened; .NET's own environment does not reach it.
        File.WriteAllText(Path.Combine(_folder, "asound.conf"), $$"""
            pcm.!default { type file slave.pcm { type null } file "{{_folder}}/default.wav" format "wav" }
            pcm.spare { type file slave.pcm { type null } file "{{_folder}}/spare.wav" format "wav" }
            """);
        Assert.Equal(0, SetEnvironment("ALSA_CONFIG_PATH", Path.Combine(_folder, "asound.conf"), 1));
    }

    [Fact]
    public async Task Libasound_gets_every_sample_in_order()
    {
        var call = new SpokenCall("en", "A012", 3);
        await using (var announcer = await OpenAsync("alsa:default"))
        {
            Assert.Equal(DeviceHealth.Ok, announcer.Health);
            Assert.Equal(AnnounceOutcome.Said, await announcer.AnnounceAsync(new(call), default).WaitAsync(Watchdog));
            Assert.Equal(AnnounceOutcome.Said, await announcer.AnnounceAsync(new(call with { Counter = 1 }), default).WaitAsync(Watchdog));
            Assert.Equal(DeviceHealth.Ok, await announcer.TestAsync(default).WaitAsync(Watchdog));
        }

        var heard = WavFile.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, "default.wav")), streamed: true).Sound!;
        var expected = Sound.Join(22050, Said("d3"), Said("d1"), Chime.At(22050).Times(0.2));
        Assert.Equal(expected.Samples.Length, heard.Samples.Length);
        Assert.True(expected.Samples.Span.SequenceEqual(heard.Samples.Span), "a sample differs");
    }

    [Fact]
    public async Task Card_that_is_not_there_is_disconnected()
    {
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync("alsa:hw:CARD=Nowhere"));

        Assert.Equal(DeviceFault.Disconnected, lost.Fault);
        Assert.StartsWith("open alsa:hw:CARD=Nowhere: ", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_card_lets_go_and_opens_again()
    {
        for (var time = 0; time < 3; time++)
        {
            await using var announcer = await OpenAsync("alsa:spare");
            using var soon = new CancellationTokenSource();
            var running = announcer.RunAsync(soon.Token);
            await announcer.TestAsync(default).WaitAsync(Watchdog);
            await soon.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Watchdog));
        }
    }

    [Fact]
    public async Task Folder_gets_one_whole_file_for_each_announcement()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName;
        await using var announcer = await OpenAsync($"file://{folder}");

        await announcer.AnnounceAsync(new(new SpokenCall("en", "A012", 3)), default).WaitAsync(Watchdog);
        await announcer.AnnounceAsync(new(new SpokenCall("en", "A012", 1)), default).WaitAsync(Watchdog);

        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, files.Count);
        Assert.Equal(WavFile.Write(Said("d3")), await File.ReadAllBytesAsync(files[0]));
        Assert.Equal(WavFile.Write(Said("d1")), await File.ReadAllBytesAsync(files[1]));
    }

    [Fact]
    public async Task Folder_keeps_the_last_hundred_and_ends_the_device_when_it_is_gone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName;
        for (var old = 0; old < SoundFolder.MostFiles + 5; old++) await File.WriteAllBytesAsync(Path.Combine(folder, $"announcement-2020{old:0000}.wav"), []);
        await using var announcer = await OpenAsync($"file://{folder}");

        await announcer.TestAsync(default).WaitAsync(Watchdog);

        Assert.Equal(SoundFolder.MostFiles, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => announcer.AnnounceAsync(new(new SpokenCall("en", "A012", 3)), default).WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.Disconnected, lost.Fault);
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => OpenAsync($"file://{folder}"))).Fault);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Sound Said(string counter)
    {
        var parts = new List<Sound> { Chime.At(22050), Sound.Silence(22050, TimeSpan.FromMilliseconds(150)) };
        foreach (var clip in new[] { "number", "letter-a", ",", "d0", "d1", "d2", ",", "please", counter })
        {
            if (clip == ",") parts[^1] = Sound.Silence(22050, TimeSpan.FromMilliseconds(220));
            else parts.AddRange([WavFile.Read(File.ReadAllBytes(ClipSet.PathOf(_folder, "en", clip))).Sound!, Sound.Silence(22050, TimeSpan.FromMilliseconds(25))]);
        }

        return Sound.Join(22050, parts[..^1]).Times(0.8);
    }

    private async Task<IAnnouncer> OpenAsync(string link)
    {
        var settings = new DeviceSettings("announcer", "clips", link, JsonText.Parse($$"""{"clips": "{{_folder}}", "espeak": false}"""));
        Assert.Empty(new ClipsDriver().Check(settings));
        return (IAnnouncer)await new ClipsDriver().OpenAsync(settings, null, new DriverServices(TimeProvider.System, NullLogger.Instance), default);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
