using Kiosk.Domain.Waiting;

namespace Kiosk.Ui.Tests;

public sealed class WaitsTests
{
    [Theory]
    [InlineData(10, 20, "about 10–20 minutes", "about 10 to 20 minutes", "10–20 min", "约 10–20 分钟", "約 10 到 20 分鐘")]
    [InlineData(0, 5, "up to about 5 minutes", "up to about 5 minutes", "up to 5 min", "约 5 分钟以内", "約 5 分鐘以內")]
    [InlineData(60, 90, "about 60–90 minutes", "about 60 to 90 minutes", "60–90 min", "约 60–90 分钟", "約 60 到 90 分鐘")]
    [InlineData(50, 120, "about 50 minutes to 2 hours", "about 50 minutes to 2 hours", "50 min – 2 h", "约 50 分钟至 2 小时", "約 50 分鐘到 2 小時")]
    [InlineData(60, 150, "about 1–2.5 hours", "about 1 to 2.5 hours", "1–2.5 h", "约 1–2.5 小时", "約 1 到 2.5 小時")]
    [InlineData(0, 120, "up to about 2 hours", "up to about 2 hours", "up to 2 h", "约 2 小时以内", "約 2 小時以內")]
    public void Range_is_said_as_people_of_each_language_say_it_and_aloud_without_dashes(int from, int to, string english, string aloud, string brief, string chinese, string traditionalAloud)
    {
        var range = new WaitRange(from, to);

        Assert.Equal((english, aloud, brief), (Phrases.In("en").Wait(range), Phrases.In("en").WaitAloud(range), Phrases.In("en").WaitShort(range)));
        Assert.Equal((chinese, traditionalAloud), (Phrases.In("zh-CN").Wait(range), Phrases.In("zh-TW").WaitAloud(range)));
        Assert.All(Phrases.Languages, language => Assert.DoesNotContain('–', Phrases.In(language).WaitAloud(range)));
    }

    [Theory]
    [InlineData(0, "You should be called between 10:20 and 10:45")]
    [InlineData(41, "You should be called between 10:20 and 10:45")]
    [InlineData(43, "We told you that you would be called by 10:45. It takes longer, and we are sorry. You keep your place in line.")]
    public void By_the_clock_a_promise_is_said_until_it_is_past_and_then_what_is_the_case(int minutes, string said)
    {
        var (zone, issued) = (TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new DateTimeOffset(2026, 1, 5, 2, 3, 0, TimeSpan.Zero));

        Assert.Equal(said, Phrases.In("en").WaitByTheClock(WaitSpan.Of(new(20, 40), issued), zone, issued.AddMinutes(minutes)));
    }

    [Fact]
    public void Without_a_lower_end_only_the_latest_is_said() => Assert.Equal(
        "预计 10:20 前叫到您",
        Phrases.In("zh-CN").WaitByTheClock(WaitSpan.Of(new(0, 15), new(2026, 1, 5, 2, 3, 0, TimeSpan.Zero)), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), default));
}
