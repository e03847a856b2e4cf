using Kiosk.Hardware.Announcers;
using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Clips;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Tests.Announcers;

/// <summary>Recorded words: here each a tone of its own, so that a wrong one is heard.</summary>
public sealed class ClipsAnnouncerTests : AnnouncerConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clips-").FullName;

    public ClipsAnnouncerTests()
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, language));
            foreach (var (word, place) in ClipCatalog.Of(language, letters: "AB").Select((word, place) => (word, place)))
            {
                File.WriteAllBytes(ClipSet.PathOf(_folder, language, word.Clip), WavFile.Write(Tone(300 + (10 * place), 0.05 + (0.001 * place))));
            }
        }
    }

    protected override IDriver Driver => new ClipsDriver();

    protected override string VoiceOptions => $$"""
        "clips": "{{_folder}}", "espeak": false,
        """;

    protected override Sound Sentence(SpokenCall call)
    {
        string[] clips = call.Language == "en"
            ? ["number", "letter-a", ",", "d0", "d1", "d2", ",", "please", "d3"]
            : ["please", "letter-a", "d0", "d1-yao", "d2", "number", ",", "to", "d3", "counter"];
        var parts = new List<Sound>();
        foreach (var clip in clips)
        {
            if (clip == ",") parts[^1] = Sound.Silence(Rate, TimeSpan.FromMilliseconds(220));
            else parts.AddRange([WavFile.Read(File.ReadAllBytes(ClipSet.PathOf(_folder, call.Language, clip))).Sound!, Sound.Silence(Rate, TimeSpan.FromMilliseconds(25))]);
        }

        return Sound.Join(Rate, parts[..^1]);
    }

    [Fact]
    public async Task One_wrong_clip_is_heard()
    {
        File.Copy(ClipSet.PathOf(_folder, "zh-CN", "d4"), ClipSet.PathOf(_folder, "zh-CN", "d3"), overwrite: true);
        var right = Sentence(Chinese);
        File.WriteAllBytes(ClipSet.PathOf(_folder, "zh-CN", "d3"), WavFile.Write(Tone(300, 0.05)));
        await using var announcer = await OpenAsync();

        await SayAsync(announcer, Chinese);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Same(Whole(0.8, right), Heard(announcer, 0)));
    }

    [Fact]
    public async Task Letter_without_a_clip_leaves_the_chime_and_names_the_file()
    {
        await using var announcer = await OpenAsync();
        Assert.Equal(DeviceHealth.Ok, announcer.Device.Health);

        Assert.Equal(AnnounceOutcome.ChimeOnly, await SayAsync(announcer, Chinese with { Number = "X001" }));

        Assert.Contains("letter-x.wav", announcer.Device.Health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_word_of_a_language_of_the_hall_is_told_before_anybody_is_called()
    {
        File.Delete(ClipSet.PathOf(_folder, "en", "please"));
        await using var announcer = await OpenAsync("""
            "languages": ["zh-CN", "en"]
            """);

        Assert.Equal(DeviceHealth.Degraded(DeviceFault.NoVoice, $"{_folder}/en: no clip please.wav"), announcer.Device.Health);
    }

    [Fact]
    public async Task Clip_of_another_rate_keeps_its_length_and_its_tone()
    {
        File.WriteAllBytes(ClipSet.PathOf(_folder, "zh-CN", "counter"), WavFile.Write(Tone(440, 0.5, 48000)));
        await using var announcer = await OpenAsync("""
            "chime": false, "volume": 100
            """);

        await SayAsync(announcer, Chinese);

        var end = Heard(announcer, 0).Samples[^(Rate / 2)..];
        Assert.Equal(440 / 2.0, Crossings(end) / 2.0, 2.0);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_and_count_as_missing()
    {
        File.WriteAllText(ClipSet.PathOf(_folder, "en", "d0"), "no sound");
        File.WriteAllBytes(ClipSet.PathOf(_folder, "en", "d1"), WavFile.Write(Tone(300, 9)));
        File.WriteAllBytes(ClipSet.PathOf(_folder, "en", "d2"), WavFile.Write(Sound.Silence(Rate, TimeSpan.Zero)));

        var set = ClipSet.Read(_folder, "en");

        Assert.Equal(
            [$"{_folder}/en/d0.wav is not a WAV file", $"{_folder}/en/d1.wav is 9 s long; allowed: up to 8 s", $"{_folder}/en/d2.wav is empty"], set.Mistakes);
        Assert.Equal(["d0", "d1", "d2"], set.Missing(ClipCatalog.Of("en", "A")).Select(word => word.Clip));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static Sound Tone(double hertz, double seconds, int rate = Rate) => new(
        rate, Enumerable.Range(0, (int)(seconds * rate)).Select(i => (short)(12000 * Math.Sin(2 * Math.PI * hertz * i / rate))).ToArray());

    private static int Crossings(ReadOnlyMemory<short> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
        {
            if (samples.Span[i - 1] < 0 != samples.Span[i] < 0) crossings++;
        }

        return crossings;
    }
}
