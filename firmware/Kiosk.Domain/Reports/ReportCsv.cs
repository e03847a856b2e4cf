using System.Globalization;
using System.Text;

namespace Kiosk.Domain.Reports;

/// <summary>A table of a report as a spreadsheet reads it: RFC 4180, a line of heads, times in seconds, shares from 0 to 1, empty where there is no figure.</summary>
public static class ReportCsv
{
    public static IReadOnlyList<string> Tables { get; } = ["services", "half-hours", "service-half-hours", "counters", "clerks", "classes", "devices", "days", "promises", "promise-days"];

    private static readonly string[] FlowHeads = ["issued", "served", "no_show", "cancelled", "abandoned", "waiting", "at_counter", "held"];
    private static readonly string[] RatedHeads = ["satisfied", "neutral", "dissatisfied"];
    private static readonly string[] PromiseHeads = ["promised", "scored", "mean_error", "bias", "coverage_90", "coverage_50", "coverage_told", "mean_width_90", "mean_width_50", "compared", "compared_error", "last_served_error"];

    /// <param name="service">Name of a service for people.</param>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public static string Write(string table, Figures all, IReadOnlyList<DayRow> days, Func<string, string> service) => table switch
    {
        "services" => Lines(
            ["service", "name", .. FlowHeads, .. WaitHeads("wait"), "wait_target", "wait_within", .. WaitHeads("service_time"), .. RatedHeads],
            all.Services.Select(row => (object?[])[row.Id, service(row.Id), .. Of(row.Flow), .. Of(row.Wait), row.Target, Share.Of(row.Wait.Within, row.Wait.Promised), .. Of(row.Service), .. Of(row.Satisfaction)])),
        "half-hours" => Lines(
            ["from", "utc_offset_minutes", .. FlowHeads, "called", "finished", "most_waiting", .. WaitHeads("wait")],
            all.HalfHours.Select(row => (object?[])[row.From, row.Offset, .. Of(row.Flow), row.Called, row.Finished, row.MostWaiting, .. Of(row.Wait)])),
        "service-half-hours" => Lines(
            ["from", "utc_offset_minutes", "service", "name", .. FlowHeads],
            all.HalfHours.SelectMany(half => half.Services.Select(row => (object?[])[half.From, half.Offset, row.Id, service(row.Id), .. Of(row.Flow)]))),
        "counters" => Lines(
            ["counter", "open", "paused", "serving", "utilisation", "calls", "served", "no_show", "service_time_sum", "service_time_mean", .. RatedHeads],
            all.Counters.Select(row => (object?[])[row.Counter, row.Open, row.Paused, row.Serving, row.Utilisation, row.Calls, row.Served, row.NoShow, row.ServiceTime, Mean(row.ServiceTime, row.Served), .. Of(row.Satisfaction)])),
        "clerks" => Lines(
            ["clerk", "available", "serving", "utilisation", "calls", "served", "no_show", "service_time_sum", "service_time_mean", .. RatedHeads],
            all.Clerks.Select(row => (object?[])[row.Clerk, row.Available, row.Serving, row.Utilisation, row.Calls, row.Served, row.NoShow, row.ServiceTime, Mean(row.ServiceTime, row.Served), .. Of(row.Satisfaction)])),
        "classes" => Lines(
            ["priority", "issued", .. WaitHeads("wait")],
            all.Classes.Select(row => (object?[])[row.Class?.ToString().ToLowerInvariant() ?? "none", row.Issued, .. Of(row.Wait)])),
        "devices" => Lines(
            ["device", "reported_by", "faults", "down"],
            all.Devices.Select(row => (object?[])[row.Id, row.By, row.Faults, row.Down])),
        "days" => Lines(
            ["day", "state", .. FlowHeads, .. WaitHeads("wait"), "wait_within", .. WaitHeads("service_time"), "utilisation", .. RatedHeads, "down"],
            days.Select(row => (object?[])[
                row.Day.ToString("O", CultureInfo.InvariantCulture), row.Running ? "running" : "closed", .. Of(row.Flow), .. Of(row.Wait), Share.Of(row.Wait.Within, row.Wait.Promised), .. Of(row.Service), row.Utilisation,
                .. Of(row.Satisfaction), row.Down])),
        "promises" => Lines(
            ["service", "name", .. PromiseHeads],
            all.Services.Select(row => (object?[])[row.Id, service(row.Id), .. Of(row.Promises)])),
        "promise-days" => Lines(
            ["day", "state", .. PromiseHeads],
            days.Select(row => (object?[])[row.Day.ToString("O", CultureInfo.InvariantCulture), row.Running ? "running" : "closed", .. Of(row.Promises)])),
        _ => throw new ArgumentException($"There is no table \"{table}\".", nameof(table)),
    };

    private static string[] WaitHeads(string what) => [what + "_count", what + "_mean", what + "_median", what + "_p90", what + "_longest"];

    private static object?[] Of(Flow flow) => [flow.Issued, flow.Served, flow.NoShow, flow.Cancelled, flow.Abandoned, flow.Waiting, flow.AtCounter, flow.Held];

    private static object?[] Of(Times times) =>
        times.Count == 0 ? [0, null, null, null, null] : [times.Count, times.Mean, times.Median, times.P90, times.Longest];

    private static object?[] Of(PromiseFigures? told)
    {
        var all = told ?? PromiseFigures.None;
        return
        [
            all.Made, all.Scored, all.MeanError, all.Bias, all.Coverage, all.LikelyCoverage, all.ToldCoverage, all.MeanWidth, all.MeanLikelyWidth, all.Compared, all.ComparedError, all.LastServedError,
        ];
    }

    private static object?[] Of(Satisfaction rated) => [rated.Satisfied, rated.Neutral, rated.Dissatisfied];

    private static int? Mean(long sum, int count) => count == 0 ? null : (int)Math.Round((double)sum / count, MidpointRounding.AwayFromZero);

    internal static string Lines(string[] heads, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', heads).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string words => Quoted(words),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // A spreadsheet takes a cell that begins so for a formula, and names are written by people. An apostrophe makes it a text.
    private static string Quoted(string words)
    {
        var safe = words.Length > 0 && "=+-@\t\r".Contains(words[0], StringComparison.Ordinal) ? "'" + words : words;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
