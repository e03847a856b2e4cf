using System.Globalization;
using System.Text.Json.Nodes;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <param name="Hall">Null: all halls together.</param>
internal sealed record StaffingRow(string? Hall, Tally Rule, Tally Forecast, Tally Both, Tally Log)
{
    public IEnumerable<(string Name, Tally Tally)> Ways => [("rule", Rule), ("forecast", Forecast), ("both", Both), ("log", Log)];

    public static StaffingRow Of(string? hall, IReadOnlyCollection<LineOutcome> lines) => new(
        hall, Tally.Sum(lines.Select(line => line.Rule)), Tally.Sum(lines.Select(line => line.Forecast)), Tally.Sum(lines.Select(line => line.Both)), Tally.Sum(lines.Select(line => line.Log)));
}

/// <summary>The outcome as a table and as JSON, with what was assumed.</summary>
internal static class StaffingText
{
    public static IReadOnlyList<string> Assumptions { get; } =
    [
        "first come, first served; a line is the whole hall where its log opens counters, else one service; customers who left in the log leave after as long in line, and count as not within the target",
        "service times are the log's own from call to finish; where it has none, the line's mean as learned from the whole log",
        $"the forecast and its service time learn from earlier days of the log only, {StaffingTrial.LeastDays} at least and {Kiosk.Domain.Waiting.Forecast.ArrivalForecaster.LeastDays} where the log is long; days without a forecast count for nobody; opening hours are taken as known",
        "rule = the counters that were open on earlier days on average, and the groups of the surge plan on top (each with the fewest people that its plan names); all ways have the same counters at most",
        "forecast = counters by Erlang C for each half hour, corrected at its beginning by what came until then; both = that, and the groups on top; a counter that closes finishes its customer",
        "log = what the log itself has; its priorities and breaks are not simulated; counters that several services share are counted for each of them",
    ];

    public static IEnumerable<string> Lines(IReadOnlyList<StaffingRow> halls, StaffingRow overall, StaffingAim aim)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{"hall",-24} {"staffing",-9} {"line days",9} {"served",8} {"left",6} {"mean wait",10} {"within",8} {"staff hours",12} {"switches",9}");
        foreach (var row in halls.Append(overall))
        {
            foreach (var (name, tally) in row.Ways)
            {
                var hall = row.Hall ?? "overall";
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(name == "rule" ? hall.Length <= 24 ? hall : hall[..23] + "…" : ""),-24} {name,-9} {tally.Days,9} {tally.Served,8} {tally.Left,6} {Seconds(tally.MeanWaitSeconds),10} {Percent(tally.Share),8} {tally.StaffHours,12:0.0} {(name == "log" ? "" : tally.Switches.ToString(CultureInfo.InvariantCulture)),9}");
            }
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"within: {aim.Target.TotalMinutes:0.##} min, aimed at for {aim.Share * 100:0} % of the customers");
        foreach (var line in Assumptions) yield return "- " + line;
    }

    public static JsonObject Json(IReadOnlyList<StaffingRow> halls, StaffingRow overall, StaffingAim aim) => new()
    {
        ["targetSeconds"] = aim.Target.TotalSeconds,
        ["share"] = aim.Share,
        ["overall"] = Json(overall),
        ["halls"] = new JsonObject(halls.Select(row => KeyValuePair.Create(row.Hall!, (JsonNode?)Json(row)))),
        ["assumptions"] = new JsonArray([.. Assumptions.Select(line => JsonValue.Create(line))]),
    };

    private static JsonObject Json(StaffingRow row) => new(row.Ways.Select(way => KeyValuePair.Create(way.Name, (JsonNode?)new JsonObject
    {
        ["lineDays"] = way.Tally.Days,
        ["served"] = way.Tally.Served,
        ["left"] = way.Tally.Left,
        ["meanWaitSeconds"] = way.Tally.MeanWaitSeconds,
        ["within"] = way.Tally.Share,
        ["staffHours"] = way.Tally.StaffHours,
        ["switches"] = way.Name == "log" ? null : way.Tally.Switches,
    })));

    public static string Seconds(double? seconds) => seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} s") : "–";

    public static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.0} %") : "–";
}
