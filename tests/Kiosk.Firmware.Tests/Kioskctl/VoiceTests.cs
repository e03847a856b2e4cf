using Kiosk.Firmware.Tests.Support;
using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class VoiceTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task List_names_each_clip_once_with_its_words()
    {
        var ran = await DataDirectory.RunAsync("voice", "list", "--language", "zh-CN", "--profile", Hall);

        var lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 20), (ran.Code, lines.Distinct().Count()));
        Assert.Contains("zh-CN/d1-yao.wav\t幺", lines);
        Assert.Contains("zh-CN/letter-v.wav\tV", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("zh-CN/letter-x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Made_clips_are_complete_and_those_that_are_there_are_kept()
    {
        var recorded = Path.Combine(_data.Path, "en", "d3.wav");
        Directory.CreateDirectory(Path.GetDirectoryName(recorded)!);
        var mine = WavFile.Write(new Sound(44100, new short[4410]));
        await File.WriteAllBytesAsync(recorded, mine);

        var missing = await DataDirectory.RunAsync("voice", "check", _data.Path, "--language", "en", "--profile", Hall);
        var made = await MakeAsync("--language", "en", "--profile", Hall);
        var complete = await DataDirectory.RunAsync("voice", "check", _data.Path, "--language", "en", "--profile", Hall);

        Assert.Equal((1, "en: 1 of 17 clips, 0.1 s"), (missing.Code, missing.Output.Split('\n')[0]));
        Assert.Contains($"  missing: {_data.Path}/en/please.wav  please go to counter\n", missing.Output, StringComparison.Ordinal);
        Assert.Equal((0, "", 0), (made.Code, made.Errors, complete.Code));
        Assert.StartsWith("en: 16 clips made", made.Output, StringComparison.Ordinal);
        Assert.Equal(mine, await File.ReadAllBytesAsync(recorded));
        Assert.True(WavFile.Read(await File.ReadAllBytesAsync(Path.Combine(_data.Path, "en", "please.wav"))).Sound!.Length > TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task File_that_cannot_be_used_is_named()
    {
        _data.Write("bad", "");
        Directory.CreateDirectory(Path.Combine(_data.Path, "en"));
        _data.Write("en/d0.wav", "no sound");

        var ran = await DataDirectory.RunAsync("voice", "check", _data.Path, "--language", "en");

        Assert.Equal((1, $"{_data.Path}/en/d0.wav is not a WAV file\n"), (ran.Code, ran.Errors));
    }

    [Fact]
    public async Task Voice_that_is_not_there_says_so()
    {
        var ran = await MakeAsync("--language", "en", "--program", "/no/such/voice");

        Assert.Equal(69, ran.Code);
        Assert.Contains("/no/such/voice is not installed", ran.Errors, StringComparison.Ordinal);
    }

    /// <summary>By the system's clock: the voice is a program that takes its time.</summary>
    private async Task<DataDirectory.Ran> MakeAsync(params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Kiosk.Provisioning.Kioskctl.RunAsync(["voice", "make", _data.Path, .. options], output, errors, TimeProvider.System, default).WaitAsync(TimeSpan.FromMinutes(1));
        return new(code, output.ToString(), errors.ToString());
    }

    private static string Hall => Path.Combine(RunningHall.Repository(), "provisioning", "profiles", "telecom-hall.json");
}
