using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Surge;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The small hall with the worked example's plan, folded over a crowd and its end.</summary>
internal static class CrowdedHall
{
    private static readonly SurgePlan Plan = SurgePlan.Example with
    {
        Groups = [.. SurgePlan.Example.Groups.Select(group => group.Id == "outbound" ? group with { Counters = [new(2)] } : group)],
    };

    public static HallProfile Profile { get; } = TestHall.Profile with { Surge = [Plan] };

    /// <summary>Two groups came, the second was released and still serves.</summary>
    public static HallSnapshot Latest()
    {
        var (state, at, seq) = (HallState.For(Profile, printing: false), TestHall.Opening, 0);
        void Record(params IReadOnlyList<HallCommand> commands)
        {
            foreach (var command in commands)
            {
                var decision = HallDecider.Decide(state, command, at);
                Assert.Null(decision.Rejection);
                (state, seq) = (HallDecider.Evolve(state, decision.Events, at), seq + decision.Events.Length);
            }
        }

        Record(new HallCommand.OpenDay(new(2026, 1, 5)), new HallCommand.OpenCounter(new(1)), new HallCommand.OpenCounter(new(2)));
        for (var serial = 1; serial <= 8; serial++) Record(new HallCommand.TakeTicket(TestHall.Ticket(serial), new("bills"), "zh-CN"));
        at = at.AddMinutes(10);
        Record(new HallCommand.KeepSurge(), new HallCommand.CallNext(new(1)), new HallCommand.CallNext(new(2)), new HallCommand.CallNext(new(1)));
        at = at.AddMinutes(5);
        Record(new HallCommand.KeepSurge());
        return new(1, seq, at, state);
    }
}
