using Kiosk.Domain.Hall;
using Kiosk.Domain.Routing;

namespace Kiosk.Domain.Tests.Routing;

public sealed class CallReasonSentenceTests
{
    private static readonly Candidate Old = new(new('A', 12), null, 14 * 60, 140), Senior = new(new('A', 30), PriorityClass.Senior, 8 * 60, 160), Fresh = new(new('B', 11), null, 40, 7);

    public static TheoryData<RoutingPolicy, CallRule, Candidate[], int, string> Sentences => new()
    {
        { RoutingPolicy.Accumulating, CallRule.OnlyOne, [Old], 1, "A012 is the only one waiting for this counter (14 min)" },
        { RoutingPolicy.Accumulating, CallRule.OnlyOne, [Old], 2, "A012 has waited 14 min, longest of 2 waiting" },
        { RoutingPolicy.FirstCome, CallRule.LongestWait, [Old, Fresh], 23, "A012 has waited 14 min, longest of 23 waiting" },
        { RoutingPolicy.Accumulating, CallRule.Priority, [Senior, Fresh, Old], 23, "A030: Senior, 8 min of waiting count as 16 min; goes before A012 (14 min)" },
        { RoutingPolicy.Strict, CallRule.Priority, [Senior, Old], 23, "A030: Senior comes first here; goes before A012 (14 min)" },
        { RoutingPolicy.Accumulating, CallRule.Priority, [Fresh, Old], 23, "B011 has waited 40 s for a service that this counter takes first; goes before A012 (14 min)" },
        { RoutingPolicy.Accumulating, CallRule.OwnCustomers, [Senior, Old], 23, "A030 is this counter's own customer and has waited 8 min" },
        { RoutingPolicy.Accumulating, CallRule.Bound, [Old, Fresh, Senior], 23, "A012 has waited 14 min, so long that priority no longer counts; goes before A030 (8 min)" },
        { RoutingPolicy.Accumulating, CallRule.SentHere, [Old], 23, "A012 was sent to this counter and has waited 14 min" },
        { RoutingPolicy.Accumulating, CallRule.Chosen, [Fresh, Old], 23, "B011 was chosen by the clerk and has waited 40 s" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Reason_is_one_sentence(RoutingPolicy policy, CallRule rule, Candidate[] candidates, int waiting, string sentence) =>
        Assert.Equal(sentence, new CallReason(policy, rule, waiting, candidates).Sentence());

    [Fact]
    public void Reason_whose_others_were_not_kept_still_tells_the_wait() =>
        Assert.Equal("A030 has waited 8 min", new CallReason(RoutingPolicy.Accumulating, CallRule.Priority, 5, [Senior]).Sentence());

    [Fact]
    public void Every_rule_has_a_sentence_of_its_own()
    {
        var said = Enum.GetValues<CallRule>().Select(rule => new CallReason(RoutingPolicy.Accumulating, rule, rule == CallRule.OnlyOne ? 1 : 3, [Senior, Old, Fresh]).Sentence()).ToList();

        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Fact]
    public void Call_by_the_rules_can_be_explained()
    {
        var story = new Story(Halls.Staffed);
        story.Take(Halls.Pay);
        story.Take(Halls.Pay);
        story.Do(new HallCommand.CallNext(new(1)));

        Assert.Equal("A001 has waited 2 min, longest of 2 waiting", story.State.Tickets.Values.Single(ticket => ticket.AtCounter).Why!.Sentence());
    }
}
