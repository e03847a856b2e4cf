using Kiosk.Hardware.Announcers;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Tests.Announcers;

public sealed class CallSpeechTests
{
    [Theory]
    [InlineData("zh-CN", "A012", 3, "请 A 零幺二号，到三号窗口。")]
    [InlineData("zh-CN", "b110", 2, "请 B 幺幺零号，到二号窗口。")]
    [InlineData("zh-CN", "V1234", 12, "请 V 幺二三四号，到十二号窗口。")]
    [InlineData("zh-CN", "A7", 21, "请 A 七号，到二十一号窗口。")]
    [InlineData("zh-TW", "A012", 110, "請 A 零一二號，到一百一十號窗口。")]
    [InlineData("zh-HK", "A012", 105, "請 A 零一二號，到一百零五號窗口。")]
    [InlineData("en", "A012", 3, "Number A, zero one two, please go to counter three.")]
    [InlineData("en-US", "B907", 115, "Number B, nine zero seven, please go to counter one hundred and fifteen.")]
    [InlineData("en", "C001", 40, "Number C, zero zero one, please go to counter forty.")]
    [InlineData("en", "17", 999, "Number one seven, please go to counter nine hundred and ninety nine.")]
    public void Call_is_said_as_people_of_the_language_say_it(string language, string number, int counter, string sentence) =>
        Assert.Equal(sentence, CallSpeech.Sentence(CallSpeech.Words(new(language, number, counter), OneReading.Usual)!, language));

    [Fact]
    public void One_is_yi_where_the_hall_wants_it_so_and_always_in_a_counter()
    {
        Assert.Equal("请 A 一号，到一号窗口。", CallSpeech.Sentence(CallSpeech.Words(new("zh-CN", "A1", 1), OneReading.Yi)!, "zh-CN"));
        Assert.Equal(["d1-yao", "d1"], CallSpeech.Words(new("zh-CN", "1", 1), OneReading.Yao)!.Select(word => word.Clip).Where(clip => clip.StartsWith("d1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("fr", "A012", 3)]
    [InlineData("en", "", 3)]
    [InlineData("en", "A-12", 3)]
    [InlineData("en", "Ä12", 3)]
    [InlineData("en", "A012", 0)]
    [InlineData("en", "A012", 1000)]
    public void What_nobody_has_written_down_is_not_said(string language, string number, int counter) =>
        Assert.Null(CallSpeech.Words(new(language, number, counter), OneReading.Yao));

    [Fact]
    public void Catalog_has_every_word_of_every_call_and_each_clip_once()
    {
        foreach (var language in CallSpeech.Languages)
        {
            var clips = ClipCatalog.Of(language).Select(word => word.Clip).ToList();
            Assert.Equal(clips.Count, clips.Distinct().Count());
            for (var counter = 1; counter <= CallSpeech.MostCounter; counter++)
            {
                var call = new SpokenCall(language, $"{(char)('A' + (counter % 26))}{counter:000}", counter);
                Assert.Empty(CallSpeech.Words(call, OneReading.Yao)!.Select(word => word.Clip).Except(clips));
            }
        }

        Assert.Equal((43, 43, 58), (Count("zh-CN"), Count("zh-TW"), Count("en")));
        Assert.DoesNotContain(ClipCatalog.Of("en", "A", [1, 2, 3]), word => word.Clip is "hundred" or "n20" or "letter-b");
    }

    private static int Count(string language) => ClipCatalog.Of(language).Count;
}
