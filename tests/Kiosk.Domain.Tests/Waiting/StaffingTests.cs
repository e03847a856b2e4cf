using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Tests.Site;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Domain.Waiting.Staffing;

namespace Kiosk.Domain.Tests.Waiting;

public sealed class StaffingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // By hand for few counters (1/2, 1/3, 4/9); the others stand in printed tables of the formula.
    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(2, 1, 0.3333)]
    [InlineData(3, 2, 0.4444)]
    [InlineData(5, 4, 0.5541)]
    [InlineData(10, 8, 0.4092)]
    [InlineData(11, 10, 0.6821)]
    [InlineData(14, 10, 0.1741)]
    public void Erlang_C_has_the_values_of_the_tables(int counters, double load, double waits) => Assert.Equal(waits, ErlangC.Waits(counters, load), 0.00006);

    // 100 calls of 3 minutes in half an hour, 14 agents, answered within 20 s: the worked example of call centre courses.
    [Fact]
    public void Share_within_and_mean_wait_of_the_worked_example()
    {
        Assert.Equal(0.888, ErlangC.Within(14, 10, 3 * Minute, TimeSpan.FromSeconds(20)), 0.0006);
        Assert.Equal(7.8, ErlangC.MeanWait(14, 10, 3 * Minute)!.Value.TotalSeconds, 0.06);
    }

    [Fact]
    public void Counters_that_cannot_keep_up_keep_nobody_waiting_less()
    {
        Assert.Equal((1, 0), (ErlangC.Waits(4, 4), ErlangC.Within(4, 4, Minute, Minute)));
        Assert.Null(ErlangC.MeanWait(3, 4, Minute));
        Assert.Equal(0, ErlangC.Waits(1, 0));
    }

    [Fact]
    public void Large_loads_neither_overflow_nor_lose_their_sense()
    {
        Assert.InRange(ErlangC.Waits(100_200, 100_000), 0.4, 0.6);
        Assert.True(ErlangC.Waits(100_100, 100_000) > ErlangC.Waits(100_500, 100_000));
        Assert.InRange(ErlangC.Waits(2, 1e-12), 0, 1e-20);
    }

    [Theory]
    [InlineData(3, 2.4, 31)]
    [InlineData(6, 4.5, 32)]
    public void Erlang_C_agrees_with_a_simulated_line(int counters, double load, int seed)
    {
        var random = new Random(seed);
        double Draw(double mean) => -mean * Math.Log(1 - random.NextDouble());

        var (free, now, within, wait) = (new double[counters], 0.0, 0, 0.0);
        const int Customers = 400_000;
        for (var n = 0; n < Customers; n++)
        {
            now += Draw(1 / load);
            var next = Array.IndexOf(free, free.Min());
            var begin = Math.Max(now, free[next]);
            free[next] = begin + Draw(1);
            wait += begin - now;
            if (begin - now <= 0.5) within++;
        }

        Assert.Equal((double)within / Customers, ErlangC.Within(counters, load, Minute, Minute / 2), 0.015);
        Assert.Equal(wait / Customers, ErlangC.MeanWait(counters, load, Minute)!.Value / Minute, 0.05);
    }

    [Fact]
    public void Services_that_share_counters_are_one_group()
    {
        var pools = CounterPool.Of(Hall("""[{ "number": 1, "services": ["a", "b"] }, { "number": 2, "services": ["b", "c"] }, { "number": 3, "services": ["d"] }]"""));

        Assert.Equal(["a b c: 1 2", "d: 3"], pools.Select(pool => $"{string.Join(' ', pool.Services)}: {string.Join(' ', pool.Counters)}"));
    }

    [Fact]
    public void Advice_is_the_least_that_keeps_the_target()
    {
        // 20 customers of 5 minutes in a half hour are 3.33 erlangs.
        var need = new ServiceNeed(new("a"), 5 * Minute, 5 * Minute);

        var half = Assert.Single(StaffingAdvice.Of([need], 10, 1, 0.8, [([20.0], 1)]));

        Assert.Equal((5, true), (half.Counters, half.Enough));
        Assert.True(ErlangC.Within(4, 20 * 5 / 30.0, 5 * Minute, 5 * Minute) < 0.8);
        Assert.True(half.Within >= 0.8);
    }

    [Fact]
    public void Where_all_counters_are_not_enough_it_says_so_and_the_rest_of_the_line_comes_with_the_next_half_hour()
    {
        var need = new ServiceNeed(new("a"), 5 * Minute, 5 * Minute);

        var advice = StaffingAdvice.Of([need], 3, 1, 0.8, [([30.0], 1), ([2.0], 1), ([0.0], 1)]);

        Assert.Equal([(3, false), (3, false), (1, true)], advice.Select(half => (half.Counters, half.Enough)));
        Assert.Equal(1, StaffingAdvice.Of([need], 3, 1, 0.8, [([2.0], 1)])[0].Counters);
    }

    [Fact]
    public void Minimum_holds_and_a_half_hour_that_is_half_open_is_twice_as_busy()
    {
        var need = new ServiceNeed(new("a"), 5 * Minute, 5 * Minute);

        Assert.Equal(3, StaffingAdvice.Of([need], 6, 3, 0.8, [([0.1], 1)])[0].Counters);
        Assert.Equal(StaffingAdvice.Of([need], 9, 1, 0.8, [([20.0], 1)])[0], StaffingAdvice.Of([need], 9, 1, 0.8, [([10.0], 0.5)])[0]);
    }

    [Fact]
    public void Target_of_each_service_counts_by_its_customers()
    {
        ServiceNeed Need(string id, int target) => new(new(id), 5 * Minute, target * Minute);
        int Counters(double strict) => StaffingAdvice.Of([Need("vip", 1), Need("pay", 15)], 12, 1, 0.8, [([strict, 20 - strict], 1)])[0].Counters;

        Assert.True(Counters(19) > Counters(1));
    }

    [Fact]
    public void Roster_is_planned_counters_by_half_hour()
    {
        var site = Hall("""[{ "number": 1, "services": ["a", "b", "c"] }, { "number": 2, "services": ["a"] }, { "number": 3, "services": ["d"] }]""",
            """{ "monday": [{ "span": "08:00-09:15", "counters": 2, "service": "b" }, { "span": "08:30-09:00", "counters": 1, "service": "d" }] }""");
        var (pools, monday) = (CounterPool.Of(site), new DateOnly(2026, 1, 5));
        var halves = HalfHours.Within([new(new(8, 0), new(9, 30))]);

        Assert.Equal([2, 2, 1], Roster.Of(site, pools, pools[0], monday, halves));
        Assert.Equal([0, 1, 0], Roster.Of(site, pools, pools[1], monday, halves));
        Assert.Equal([2, 3, 1], Roster.OfHall(site, monday, halves));
        Assert.Null(Roster.OfHall(site, monday.AddDays(1), halves));
    }

    [Fact]
    public void Roster_of_the_hall_in_all_is_that_of_its_only_group()
    {
        var site = Hall("""[{ "number": 1, "services": ["a", "b", "c", "d"] }, { "number": 2, "services": ["a"] }]""", """{ "monday": [{ "span": "08:00-12:00", "counters": 2 }] }""");
        var pools = CounterPool.Of(site);

        Assert.Equal([2], Roster.Of(site, pools, pools[0], new(2026, 1, 5), [new(480, 1)]));
        Assert.Equal([2], Roster.OfHall(site, new(2026, 1, 5), [new(480, 1)]));
    }

    private static HallProfile Hall(string counters, string? roster = null)
    {
        var hall = Profiles.Demo();
        hall["services"] = new System.Text.Json.Nodes.JsonArray([.. "abcd".Select(letter => System.Text.Json.Nodes.JsonNode.Parse(
            $$"""{ "id": "{{letter}}", "letter": "{{char.ToUpperInvariant(letter)}}", "name": { "zh-CN": "a", "zh-TW": "b", "en": "c" }, "targetWaitMinutes": 10 }"""))]);
        hall["counters"] = System.Text.Json.Nodes.JsonNode.Parse(counters);
        hall["devices"] = new System.Text.Json.Nodes.JsonArray();
        hall.Remove("payments");
        hall["staffing"] = System.Text.Json.Nodes.JsonNode.Parse($$"""{ "roster": {{roster ?? "{}"}} }""");
        var reading = Profiles.Read(hall);
        return reading.Profile ?? throw new InvalidOperationException(string.Join("; ", reading.Mistakes.Select(mistake => $"{mistake.Path}: {mistake.Message}")));
    }
}
