using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;

namespace Kiosk.Ui.Tests;

public sealed class ReasonTests
{
    private static readonly Candidate[] Some =
        [new(new('A', 30), PriorityClass.Senior, 8 * 60, 160), new(new('B', 11), null, 40, 7), new(new('A', 12), null, 14 * 60, 140)];

    [Fact]
    public void English_screens_say_the_same_as_the_interface()
    {
        foreach (var rule in Enum.GetValues<CallRule>())
        {
            foreach (var policy in Enum.GetValues<RoutingPolicy>())
            {
                foreach (var candidates in new[] { Some, [.. Some.Reverse()], [Some[0]] })
                {
                    var why = new CallReason(policy, rule, 23, candidates);
                    Assert.Equal(why.Sentence(), Phrases.In("en").Why(why));
                }
            }
        }
    }

    [Theory]
    [InlineData("zh-CN", "A030（老年）等候 8 分钟，按优先级折算为 16 分钟；先于 A012（14 分钟）")]
    [InlineData("zh-TW", "A030（長者）等候 8 分鐘，按優先級折算為 16 分鐘；先於 A012（14 分鐘）")]
    public void Reason_is_told_in_the_language_of_the_screen(string language, string sentence) =>
        Assert.Equal(sentence, Phrases.In(language).Why(new(RoutingPolicy.Accumulating, CallRule.Priority, 3, Some)));

    [Fact]
    public void Every_class_and_sentence_is_translated() => Assert.All(
        Phrases.Languages.Select(Phrases.In),
        t => Assert.Empty(Enum.GetNames<PriorityClass>().Select(name => "priority." + name).Concat(Enum.GetNames<ReasonSentence>().Select(name => "why." + name)).Except(t.Keys)));
}
