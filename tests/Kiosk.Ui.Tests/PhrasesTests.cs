using System.Text.RegularExpressions;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Hardware;
using Kiosk.Ui.Screens.TakeNumber;

namespace Kiosk.Ui.Tests;

public sealed partial class PhrasesTests
{
    public static TheoryData<string> Languages => [.. Phrases.Languages];

    [Fact]
    public void Screens_speak_three_languages() => Assert.Equal(["en", "zh-CN", "zh-TW"], Phrases.Languages.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_sentence_with_the_same_places_to_fill(string language)
    {
        var (english, other) = (Phrases.In("en"), Phrases.In(language));

        // Only English tells one from many.
        Assert.Equal(Plain(english), Plain(other));
        Assert.All(other.Keys, key => Assert.Equal(Places(english[key]), Places(other[key])));
        Assert.All(other.Keys, key => Assert.False(string.IsNullOrWhiteSpace(other[key]), key));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_name_that_a_screen_shows_is_translated(string language)
    {
        var wanted = Names<Rejection>("rejection.").Concat(Names<DeviceFault>("fault.")).Concat(Names<DeviceFault>("advice."))
            .Concat(Names<DeviceState>("state.")).Concat(Names<DeviceClass>("class.")).Concat(Names<TicketPhase>("phase."))
            .Concat(Names<CounterPhase>("counter.")).Concat(Names<DayOfWeek>("day."))
            .Concat(Enum.GetNames<PaperState>().Where(name => name != nameof(PaperState.None)).Select(name => "paper." + name));

        Assert.Empty(wanted.Except(Phrases.In(language).Keys));
    }

    [Fact]
    public void Sentence_about_one_is_not_the_sentence_about_many()
    {
        Assert.Equal("1 person ahead of you", Phrases.In("en").Count("ticket.ahead", 1));
        Assert.Equal("2 people ahead of you", Phrases.In("en").Count("ticket.ahead", 2));
        Assert.Equal("前面还有 1 人", Phrases.In("zh-CN").Count("ticket.ahead", 1));
    }

    [Fact]
    public void Traditional_text_is_not_simplified_text() => Assert.NotEqual(Phrases.In("zh-CN")["kiosk.choose"], Phrases.In("zh-TW")["kiosk.choose"]);

    private static IEnumerable<string> Names<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + name);

    private static IEnumerable<string> Plain(Phrases phrases) => phrases.Keys.Where(key => !key.EndsWith(".one", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Places(string sentence) => Place().Matches(sentence).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
