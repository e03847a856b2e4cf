using System.Globalization;
using System.Text.Json.Nodes;
using Kiosk.Domain.Waiting.Surge;
using Kiosk.Provisioning;
using Kiosk.Provisioning.Replay.Staffing;

namespace Kiosk.Firmware.Tests.Replay;

public sealed class StaffingReplayTests : IDisposable
{
    private readonly string _log = Path.GetTempFileName();

    public void Dispose() => File.Delete(_log);

    [Fact]
    public void Line_is_first_come_first_served_by_so_many_counters()
    {
        // One counter, 100 s each: the second waits 60 s, the third 140 s. With two counters only the third waits.
        var day = Day([(0, null, 100.0), (40, null, 100.0), (60, null, 100.0)]);

        Assert.Equal([0, 60, 140], Run(day, 1).Waits);
        Assert.Equal([0, 0, 40], Run(day, 2).Waits);
        Assert.Equal((300, 0), (Run(day, 1).StaffSeconds, Run(day, 1).Switches));
    }

    [Fact]
    public void Customer_whose_patience_ends_leaves_the_line_and_takes_no_counter()
    {
        var served = Run(Day([(0, null, 100.0), (10, 20.0, 100.0), (20, null, 100.0)]), 1);

        Assert.Equal([0, 80], served.Waits);
        Assert.Equal(1, served.Left);
    }

    [Fact]
    public void Counter_that_closes_finishes_its_customer_and_is_paid_until_then()
    {
        var day = Day([(0, null, 1000.0), (0, null, 1000.0), (500, null, 100.0)]);

        var run = new LineSimulation(day, [new(0, 2), new(100, 1)], null, 9, 60).Run();

        // The third begins when both have finished: one counter is open then.
        Assert.Equal([0, 0, 500], run.Waits);
        Assert.Equal((2100, 1), (run.StaffSeconds, run.Switches));
    }

    [Fact]
    public void Surge_groups_come_when_the_line_has_been_long_for_five_minutes_and_go_again()
    {
        // 30 people at once, two minutes each, one counter by plan; the last customer comes an hour later.
        var day = Day([.. Enumerable.Repeat((0.0, (double?)null, (double?)120.0), 30), (3600, null, 60.0)]);

        var (alone, helped) = (Run(day, 1), new LineSimulation(day, [new(0, 1)], SurgePlan.Example, 8, 60).Run());

        // After five minutes one more (floating staff), after ten two more, after fifteen two more and the reserve's two at once: up to eight, and back to one.
        Assert.Equal(14, helped.Switches);
        Assert.Equal(31, helped.Waits.Count);
        Assert.True(helped.Waits.Average() < alone.Waits.Average() / 2);
        Assert.Equal(0, alone.Switches);
    }

    [Fact]
    public void Simulated_line_has_the_waits_of_the_formula()
    {
        var random = new Random(41);
        double Draw(double mean) => -mean * Math.Log(1 - random.NextDouble());

        var (visits, at) = (new List<(double, double?, double?)>(), 0.0);
        for (var n = 0; n < 200_000; n++) visits.Add((at += Draw(60 / 2.4), null, Draw(60)));

        var mean = Kiosk.Domain.Waiting.Staffing.ErlangC.MeanWait(3, 2.4, TimeSpan.FromSeconds(60))!.Value.TotalSeconds;
        Assert.InRange(Run(Day(visits), 3).Waits.Average() / mean, 0.95, 1.05);
    }

    [Fact]
    public async Task Command_tells_all_ways_of_each_hall_as_a_table_as_json_and_as_a_picture()
    {
        Write(days: 6);
        var plot = Path.ChangeExtension(_log, ".svg");

        var (code, text, _) = await RunAsync("replay", "--staffing", _log, "--target", "3m");
        var (_, json, _) = await RunAsync("replay", "--staffing", _log, "--json", "--plot", plot);

        Assert.Equal(ExitCode.Fine, code);
        Assert.Contains("within: 3 min", text, StringComparison.Ordinal);
        Assert.Equal(["rule", "forecast", "both", "log"], JsonNode.Parse(json)!["overall"]!.AsObject().Select(pair => pair.Key));
        var (overall, hall) = (JsonNode.Parse(json)!["overall"]!, JsonNode.Parse(json)!["halls"]!["north"]!);
        Assert.Equal(overall.ToJsonString(), hall.ToJsonString());
        Assert.Equal(4, (int)hall["forecast"]!["lineDays"]!);
        Assert.Equal((int)hall["rule"]!["served"]!, (int)hall["both"]!["served"]!);
        Assert.StartsWith("<svg", File.ReadAllText(plot), StringComparison.Ordinal);
        File.Delete(plot);
    }

    [Fact]
    public async Task Day_that_no_day_before_it_was_like_finds_too_few_counters_in_the_morning_and_more_later()
    {
        Write(days: 6);
        var (_, quiet, _) = await RunAsync("replay", "--staffing", _log, "--json");
        Write(days: 6, last: 3);
        var (_, busy, _) = await RunAsync("replay", "--staffing", _log, "--json");

        // Three times as many on the last day: its first half hour finds the counters of a quiet one, and people wait.
        static double Of(string json, string way, string figure) => (double)JsonNode.Parse(json)!["overall"]![way]![figure]!;
        Assert.True(Of(busy, "forecast", "meanWaitSeconds") > 2 * Of(quiet, "forecast", "meanWaitSeconds"));
        Assert.True(Of(busy, "forecast", "staffHours") > Of(quiet, "forecast", "staffHours"));
    }

    [Theory]
    [InlineData("--target", "five")]
    [InlineData("--target", "0m")]
    [InlineData("--share", "100")]
    public async Task Wrong_option_names_what_is_allowed(string option, string value)
    {
        Write(days: 3);

        var (code, _, errors) = await RunAsync("replay", "--staffing", _log, option, value);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"not \"{value}\"", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_that_is_too_short_says_so()
    {
        Write(days: 2);

        var (code, _, errors) = await RunAsync("replay", "--staffing", _log);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("too short to compare", errors, StringComparison.Ordinal);
    }

    private static SimulatedDay Run(LineDay day, int counters) => new LineSimulation(day, [new(0, counters)], null, counters, 60).Run();

    private static LineDay Day(IReadOnlyList<(double At, double? Patience, double? Service)> visits) =>
        new(new(2026, 1, 5), [.. visits.Select(visit => new Visit(visit.At, visit.Patience, visit.Service))], 0, visits.Max(visit => visit.At), 1, 60, []);

    // Two agents who are there from eight to noon; a customer every other minute, three minutes each.
    private void Write(int days, int last = 1)
    {
        var lines = new List<string> { "hall,day,time,event,service,ticket,priority,counter" };
        for (var n = 0; n < days; n++)
        {
            var day = new DateOnly(2026, 1, 5).AddDays(n).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            var rows = new List<(double At, string Row)> { (28800, "opened,,,,li"), (28800, "opened,,,,wang") };
            for (var ticket = 0; ticket < 120 * (n == days - 1 ? last : 1); ticket++)
            {
                var at = 28800 + (ticket * 120.0 / (n == days - 1 ? last : 1));
                rows.Add((at, $"issued,PS,t{ticket},normal,"));
                rows.Add((at + 10, $"called,PS,t{ticket},normal,li"));
                rows.Add((at + 190, $"finished,PS,t{ticket},normal,li"));
            }

            lines.AddRange(rows.OrderBy(row => row.At).Select(row => string.Create(CultureInfo.InvariantCulture, $"north,{day},{row.At},{row.Row}")));
        }

        File.WriteAllLines(_log, lines);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await Kioskctl.RunAsync(arguments, output, errors, TimeProvider.System, default), output.ToString(), errors.ToString());
    }
}
