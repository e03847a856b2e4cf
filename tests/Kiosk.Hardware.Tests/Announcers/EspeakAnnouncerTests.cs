using Kiosk.Hardware.Announcers;
using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Espeak;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Tests.Announcers;

/// <summary>The driver over a program that stands in for espeak-ng: it answers each voice with a sound of its own, and knows none for Chinese of Taiwan.</summary>
public sealed class EspeakAnnouncerTests : AnnouncerConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("espeak-").FullName;
    private readonly string _program;

    public EspeakAnnouncerTests()
    {
        File.WriteAllBytes(Path.Combine(_folder, "cmn-latn-pinyin.wav"), WavFile.Write(ClipsAnnouncerTests.Tone(300, 0.8)));
        File.WriteAllBytes(Path.Combine(_folder, "en-gb.wav"), WavFile.Write(ClipsAnnouncerTests.Tone(500, 0.6)));
        _program = Program("""case "$line" in *號*) echo "no voice for this" >&2; exit 3;; esac; cat "$folder/$2.wav" """);
    }

    protected override IDriver Driver => new EspeakDriver();

    protected override string VoiceOptions => $$"""
        "program": "{{_program}}",
        """;

    protected override Sound Sentence(SpokenCall call) =>
        WavFile.Read(File.ReadAllBytes(Path.Combine(_folder, (call.Language == "en" ? "en-gb" : "cmn-latn-pinyin") + ".wav"))).Sound!.Trimmed().WithPeak(0.9);

    [Fact]
    public async Task Sentence_goes_in_by_the_standard_input_with_the_voice_of_its_language()
    {
        var program = Program("""printf '%s\n%s\n' "$*" "$line" >"$folder/asked"; cat "$folder/$2.wav" """);

        await Voice(program).SayAsync(new("en", "B907", 12), default);

        Assert.Equal(["-v en-gb -s 140 -b 1 --stdin --stdout", "Number B, nine zero seven, please go to counter twelve."], await File.ReadAllLinesAsync(Path.Combine(_folder, "asked")));
    }

    [Fact]
    public async Task Program_that_fails_or_says_nothing_is_a_lack_and_no_exception()
    {
        Assert.Equal($"{_program} ended with 3: no voice for this", (await Voice(_program).SayAsync(Voiceless, default)).Lack);
        Assert.EndsWith("its sound is not a WAV file", (await Voice(Program("true")).SayAsync(English, default)).Lack, StringComparison.Ordinal);
        Assert.Equal("/no/such/program is not installed (package espeak-ng)", Voice("/no/such/program").Lack("en"));
        Assert.StartsWith("fr: no call is written down", Voice(_program).Lack("fr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_hangs_is_ended_at_its_deadline()
    {
        var clock = new SteppedClock();
        var saying = new EspeakVoice(Program("sleep 60"), 140, OneReading.Yao, clock).SayAsync(English, default);

        await clock.ArmedAsync(TimeSpan.FromSeconds(8));
        clock.AdvanceMs(8000);

        Assert.EndsWith("said nothing for 8 s", (await saying.WaitAsync(TimeSpan.FromSeconds(10))).Lack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "A012", 3, "tS;h'i21N_| 'ei51_| l'i35N_| j'Au55_| '@r51_| X'Au51_| t'Au51_| s'a55n_| X'Au51_| ts.hw'A55N_| kh'ou214_|")]
    [InlineData("zh-TW", "V105", 12, "tS;h'i21N_| v'ei55_| j'i55_| l'i35N_| w'u21_| X'Au51_| t'Au51_| s.'i.35_| '@r51_| X'Au51_| ts.hw'A55N_| kh'ou214_|")]
    [InlineData("en", "A012", 12, "n'Vmb3r-_ 'eI_ z'i@roU w'0n t'u:_ pl'i:z g,oU t@ k'aUnt3 tw'Elv")]
    public async Task Espeak_itself_reads_the_sentences_as_people_say_them(string language, string number, int counter, string phonemes)
    {
        var voice = language == "en" ? "en-gb" : "cmn-latn-pinyin";
        var sentence = CallSpeech.Sentence(CallSpeech.Words(new(language, number, counter), OneReading.Usual)!, language);

        Assert.Equal(Flat(phonemes), Flat(await RunAsync("espeak-ng", ["-q", "-x", "-b", "1", "-v", voice, "--stdin"], sentence)));
        var sound = (await Voice("espeak-ng").SayAsync(new(language, number, counter), default)).Sound!;
        Assert.Equal(0.9, sound.Peak, 0.01);
        Assert.InRange(sound.Length.TotalSeconds, 2, 8);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static EspeakVoice Voice(string program) => new(program, 140, OneReading.Usual, TimeProvider.System);

    private static string Flat(string phonemes) => string.Join(' ', phonemes.Split([' ', '\n', '_'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        return await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private string Program(string script)
    {
        var file = Path.Combine(_folder, $"program-{Guid.NewGuid():N}");
        File.WriteAllText(file, $"#!/bin/sh\nfolder={_folder}\nread -r line\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
