using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Hardware.Tests.Announcers;

public sealed class WavFileTests
{
    private static readonly byte[] Good = WavFile.Write(new Sound(22050, new short[] { 1, -2, short.MaxValue, short.MinValue }));

    [Fact]
    public void Header_and_samples_are_these_bytes() => Assert.Equal(
        "52494646 2C000000 57415645 666D7420 10000000 0100 0100 22560000 44AC0000 0200 1000 64617461 08000000 0100 FEFF FF7F 0080".Replace(" ", "", StringComparison.Ordinal),
        Convert.ToHexString(Good));

    [Fact]
    public void What_was_written_is_read_also_behind_other_chunks_of_odd_length()
    {
        Assert.Equal([1, -2, short.MaxValue, short.MinValue], WavFile.Read(Good).Sound!.Samples.ToArray());
        byte[] listed = [.. Good[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. Good[12..]];
        Assert.Equal(4, WavFile.Read(listed).Sound!.Samples.Length);
    }

    [Fact]
    public void Stream_that_did_not_know_its_length_goes_on_to_its_end()
    {
        var streamed = Good.ToArray();
        streamed.AsSpan(40, 4).Fill(0xFF);

        Assert.Equal(4, WavFile.Read(streamed, streamed: true).Sound!.Samples.Length);
        Assert.Equal("is cut off: 8 of 4294967295 bytes", WavFile.Read(streamed).Mistake);
    }

    [Theory]
    [InlineData(0, 0x00, "is not a WAV file")]
    [InlineData(20, 3, "has coding 3; allowed: 1, plain PCM")]
    [InlineData(22, 2, "has 2 channels; allowed: 1")]
    [InlineData(24, 0x23, "has 22051 samples a second; allowed: 16000, 22050, 44100, 48000")]
    [InlineData(34, 8, "has 8 bits a sample; allowed: 16")]
    [InlineData(40, 7, "ends within a sample")]
    [InlineData(16, 0xFF, "is cut off")]
    [InlineData(36, 0x00, "has no data chunk: it is cut off")]
    [InlineData(12, 0x00, "has data before their format")]
    public void Each_mistake_is_named(int at, byte value, string mistake)
    {
        var bad = Good.ToArray();
        bad[at] = value;

        Assert.Equal((null, mistake), (WavFile.Read(bad).Sound, WavFile.Read(bad).Mistake));
    }

    [Fact]
    public void No_shortened_or_flipped_file_throws()
    {
        for (var length = 0; length < Good.Length; length++) Assert.Null(WavFile.Read(Good.AsSpan(0, length)).Sound);
        for (var bit = 0; bit < Good.Length * 8; bit++)
        {
            var flipped = Good.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var reading = WavFile.Read(flipped);
            Assert.True(reading.Sound is null != (reading.Mistake.Length == 0));
        }
    }

    [Fact]
    public void Chime_begins_softly_ends_in_silence_and_is_never_too_loud()
    {
        var chime = Chime.At(44100);

        Assert.Equal(0.6, chime.Peak, 0.001);
        Assert.Equal(1.5, chime.Length.TotalSeconds, 0.001);
        Assert.True(new Sound(44100, chime.Samples[..44]).Peak < 0.05);
        Assert.True(new Sound(44100, chime.Samples[^44..]).Peak < 0.01);
    }

    [Fact]
    public void Picture_is_an_svg_with_a_mark_each_second_and_the_words_for_those_who_do_not_see_it()
    {
        var picture = System.Xml.Linq.XDocument.Parse(WaveformPicture.ToSvg(ClipsAnnouncerTests.Tone(400, 2.5), "请 <A>"));

        Assert.Equal("请 <A>", picture.Root!.Attribute("aria-label")!.Value);
        Assert.Equal(["1 s", "2 s"], picture.Descendants().Where(part => part.Name.LocalName == "text").Select(part => part.Value));
    }

    [Fact]
    public void Trimmed_sound_keeps_the_word_and_a_breath_around_it()
    {
        var word = ClipsAnnouncerTests.Tone(400, 0.5);
        var trimmed = Sound.Join(22050, Sound.Silence(22050, TimeSpan.FromSeconds(1)), word, Sound.Silence(22050, TimeSpan.FromSeconds(2))).Trimmed();

        Assert.InRange(trimmed.Length.TotalSeconds, 0.53, 0.541);
        Assert.True(Sound.Silence(22050, TimeSpan.FromSeconds(1)).Trimmed().Samples.IsEmpty);
    }
}
