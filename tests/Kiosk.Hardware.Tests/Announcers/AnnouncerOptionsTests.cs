using Kiosk.Hardware.Announcers.Clips;
using Kiosk.Hardware.Announcers.Espeak;

namespace Kiosk.Hardware.Tests.Announcers;

public sealed class AnnouncerOptionsTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"volume": 101}""", "options.volume must be a whole number from 0 to 100")]
    [InlineData("""{"quiet": "12:00-13:00"}""", "options.quiet must be a list of spans of time as [\"12:00-13:30\"]")]
    [InlineData("""{"quiet": ["12:00-12:00"]}""", "options.quiet[0] must be two different times of day as \"12:00-13:30\"")]
    [InlineData("""{"repeat": 4}""", "options.repeat must be a whole number from 1 to 3")]
    [InlineData("""{"languages": "en"}""", "options.languages must be \"ticket\", or a list of zh-CN, zh-TW, en")]
    [InlineData("""{"languages": ["en", "fr", "en"]}""", "options.languages[1] must be one of zh-CN, zh-TW, en; options.languages[2] en is in the list already")]
    [InlineData("""{"languages": "ticket", "chime": false}""", "")]
    [InlineData("""{"chime": "ding.wav"}""", "options.chime must be true, false or the absolute path of a WAV file")]
    [InlineData("""{"gain": 21}""", "options.gain must be a whole number from -30 to 20")]
    [InlineData("""{"counters": [0, 3, 3]}""", "options.counters[0] must be a whole number from 1 to 999; options.counters[2] counter 3 is in the list already")]
    [InlineData("""{"rate": 20000}""", "options.rate must be one of 16000, 22050, 44100, 48000")]
    [InlineData("""{"one": "ichi"}""", "options.one must be one of yao, yi")]
    [InlineData("""{"program": "espeak-ng"}""", "options.program must be an absolute path")]
    [InlineData("""{"clips": "/x"}""", "options.clips unknown; known are chime, counters, deadlineSeconds, gain, languages, one, program, quiet, rate, repeat, volume, wordsAMinute")]
    public void Each_mistake_is_named_with_what_is_allowed(string options, string mistakes) =>
        Assert.Equal(mistakes, string.Join("; ", new EspeakDriver().Check(Settings("espeak", "emulated:", options)).Select(m => $"{m.Path} {m.Message}")));

    [Fact]
    public void Clips_need_a_folder_and_a_program_only_where_it_may_be_used()
    {
        Assert.Equal("options.clips must be an absolute path", Mistakes("{}"));
        Assert.Equal("", Mistakes("""{"clips": "/srv/voice"}"""));
        Assert.StartsWith("options.program unknown", Mistakes("""{"clips": "/srv/voice", "espeak": false, "program": "/x"}"""), StringComparison.Ordinal);

        static string Mistakes(string options) => string.Join("; ", new ClipsDriver().Check(Settings("clips", "emulated:", options)).Select(m => $"{m.Path} {m.Message}"));
    }

    [Theory]
    [InlineData("alsa:default", true)]
    [InlineData("alsa:plughw:CARD=Device,DEV=0", true)]
    [InlineData("file:///srv/announcements", true)]
    [InlineData("alsa:", false)]
    [InlineData("file://host/x", false)]
    [InlineData("pulse:", false)]
    public void Links(string link, bool good) => Assert.Equal(good, new EspeakDriver().Check(Settings("espeak", link, "{}")).Count == 0);

    private static DeviceSettings Settings(string driver, string link, string options) => new("announcer", driver, link, JsonText.Parse(options));
}
