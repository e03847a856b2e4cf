using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Domain.Tests.Waiting.Prediction;

public sealed class WaitModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ranges_hold_as_often_as_they_say_and_where_theory_is_right_it_is_hardly_beaten(int seed)
    {
        var line = new SimulatedLine(seed);
        line.Run(2000);
        var scored = line.Run(8000);

        Assert.InRange(scored.Average(ticket => ticket.Told.From <= ticket.Wait && ticket.Wait <= ticket.Told.To ? 1.0 : 0), 0.87, 0.93);
        Assert.InRange(scored.Average(ticket => ticket.Told.LikelyFrom <= ticket.Wait && ticket.Wait <= ticket.Told.LikelyTo ? 1.0 : 0), 0.46, 0.54);

        // A line just as theory supposes: nothing can be much better than theory there.
        Assert.True(scored.Average(ticket => Math.Abs(ticket.Told.About - ticket.Wait)) < 1.05 * scored.Average(ticket => Math.Abs(ticket.Told.Theory - ticket.Wait)));
    }

    [Fact]
    public void When_service_takes_three_times_as_long_ranges_widen_and_then_hold_again()
    {
        var line = new SimulatedLine(4);
        line.Run(3000);
        var before = line.Run(1000);
        line.Slower = 1.5;
        var shock = line.Run(150);
        line.Run(1500);
        var after = line.Run(1500);

        double Held(IReadOnlyList<SimulatedLine.Scored> tickets) => tickets.Average(ticket => ticket.Told.From <= ticket.Wait && ticket.Wait <= ticket.Told.To ? 1.0 : 0);
        double Width(IReadOnlyList<SimulatedLine.Scored> tickets) => tickets.Average(ticket => ticket.Told.To - ticket.Told.From);
        Assert.True(Width(shock) > Width(before), $"{Width(shock):0} after the change, {Width(before):0} before");
        Assert.InRange(Held(after), 0.84, 0.95);
    }

    [Fact]
    public void The_same_history_teaches_the_same()
    {
        var (one, other) = (new SimulatedLine(5), new SimulatedLine(5));

        Assert.Equal(one.Run(500).Select(ticket => ticket.Told.About), other.Run(500).Select(ticket => ticket.Told.About));
    }

    [Fact]
    public void Ranges_lie_within_each_other_and_are_never_below_nothing()
    {
        Assert.All(new SimulatedLine(6).Run(3000), ticket =>
        {
            var told = ticket.Told;
            Assert.True(0 <= told.From && told.From <= told.LikelyFrom && told.LikelyFrom <= told.LikelyTo && told.LikelyTo <= told.To, told.ToString());
            Assert.True(double.IsFinite(told.To) && told.About >= 0);
        });
    }

    [Fact]
    public void Nothing_is_learned_from_who_did_not_wait()
    {
        var told = WaitModel.Start.Estimate("pay", new(1, 1, 2, 2, null, false, 0, 0, new(300), 0));

        Assert.Same(WaitModel.Start, WaitModel.Start.Learn("pay", told, 0));
        Assert.NotSame(WaitModel.Start, WaitModel.Start.Learn("pay", told, 1));
    }
}
