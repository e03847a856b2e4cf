using System.Globalization;
using Kiosk.Domain.Reports;

namespace Kiosk.Provisioning.Report;

/// <summary>A report as tables for a terminal.</summary>
internal static class ReportText
{
    public static IEnumerable<string> Lines(Period period, Figures all, IReadOnlyList<DayRow> days)
    {
        var running = days.Any(day => day.Running);
        yield return $"Report of {period.Kind} {period.Name}{(running ? ", so far" : "")}";
        yield return Invariant($"{all.Flow.Issued} issued = {all.Flow.Served} served + {all.Flow.NoShow} no-show + {all.Flow.Cancelled} cancelled + {all.Flow.Abandoned} abandoned + {all.Flow.Open} open");
        yield return $"Waiting  {Of(all.Wait)}, within target {Percent(Share.Of(all.Wait.Within, all.Wait.Promised))}";
        yield return $"Service  {Of(all.Service)}";
        if (all.Promises is { } told)
            yield return Invariant($"Promises {told.Made} made, {told.Scored} scored: off by {Time(told.MeanError)}, bias {Bias(told.Bias)}, kept {Percent(told.Coverage)} of 90 %, {Percent(told.LikelyCoverage)} of 50 %, as told {Percent(told.ToldCoverage)}");
        yield return Invariant($"Feedback {all.Satisfaction.Satisfied} satisfied, {all.Satisfaction.Neutral} neutral, {all.Satisfaction.Dissatisfied} dissatisfied");
        var tables = new[]
        {
            days.Count < 2 && period.Kind == Period.DayKind ? [] : Table(
                ["DAY", "ISSUED", "SERVED", "NO-SHOW", "CANC.", "ABAND.", "OPEN", "WAIT", "P90", "UTIL."],
                days.Select(row => (string[])[row.Day.ToString("O", CultureInfo.InvariantCulture), .. Of(row.Flow), Time(row.Wait.Mean), Some(row.Wait, row.Wait.P90), Percent(row.Utilisation)])),
            Table(
                ["SERVICE", "ISSUED", "SERVED", "NO-SHOW", "CANC.", "ABAND.", "OPEN", "WAIT", "P90", "WITHIN", "SERVICE TIME"],
                all.Services.Select(row => (string[])[row.Id, .. Of(row.Flow), Time(row.Wait.Mean), Some(row.Wait, row.Wait.P90), Percent(Share.Of(row.Wait.Within, row.Wait.Promised)), Time(row.Service.Mean)])),
            Table(
                ["FROM", "ISSUED", "SERVED", "NO-SHOW", "CANC.", "ABAND.", "OPEN", "CALLS", "FINISHED", "WAITING", "WAIT", "P90"],
                all.HalfHours.Select(row => (string[])[row.From, .. Of(row.Flow), Number(row.Called), Number(row.Finished), Number(row.MostWaiting), Time(row.Wait.Mean), Some(row.Wait, row.Wait.P90)])),
            Table(
                ["COUNTER", "OPEN", "PAUSED", "SERVING", "UTIL.", "CALLS", "SERVED", "NO-SHOW"],
                all.Counters.Select(row => (string[])[Number(row.Counter), Time(row.Open), Time(row.Paused), Time(row.Serving), Percent(row.Utilisation), Number(row.Calls), Number(row.Served), Number(row.NoShow)])),
            Table(
                ["CLERK", "AVAILABLE", "SERVING", "UTIL.", "CALLS", "SERVED", "NO-SHOW"],
                all.Clerks.Select(row => (string[])[row.Clerk, Time(row.Available), Time(row.Serving), Percent(row.Utilisation), Number(row.Calls), Number(row.Served), Number(row.NoShow)])),
            Table(
                ["TOLD WAITS", "MADE", "SCORED", "OFF BY", "BIAS", "IN 90 %", "IN 50 %", "AS TOLD", "WIDTH", "LAST SERVED OFF BY"],
                all.Services.Where(row => row.Promises is not null).Select(row => (row.Id, Told: row.Promises!)).Select(row => (string[])
                [
                    row.Id, Number(row.Told.Made), Number(row.Told.Scored), Time(row.Told.MeanError), Bias(row.Told.Bias), Percent(row.Told.Coverage), Percent(row.Told.LikelyCoverage), Percent(row.Told.ToldCoverage),
                    Time(row.Told.MeanWidth), Time(row.Told.LastServedError),
                ])),
            Table(["DEVICE", "TOLD BY", "FAULTS", "DOWN"], all.Devices.Select(row => (string[])[row.Id, row.By, Number(row.Faults), Time(row.Down)])),
        };
        foreach (var line in tables.SelectMany(table => table)) yield return line;
    }

    // The first column to the left, figures to the right. A table without rows is left out.
    private static List<string> Table(string[] heads, IEnumerable<string[]> body)
    {
        var rows = body.Prepend(heads).ToList();
        if (rows.Count == 1) return [];

        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return ["", .. rows.Select(row => "  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))))];
    }

    private static string[] Of(Flow flow) => [.. new[] { flow.Issued, flow.Served, flow.NoShow, flow.Cancelled, flow.Abandoned, flow.Open }.Select(Number)];

    private static string Of(Times times) =>
        Invariant($"mean {Time(times.Mean)}, median {Some(times, times.Median)}, 90 % {Some(times, times.P90)}, longest {Some(times, times.Longest)} ({times.Count})");

    private static string Some(Times times, int seconds) => times.Count == 0 ? "-" : Time(seconds);

    private static string Time(long? seconds) => seconds is { } s ? Invariant($"{s / 3600}:{s / 60 % 60:00}:{s % 60:00}") : "-";

    private static string Bias(int? seconds) => seconds is { } s ? (s < 0 ? "-" : "+") + Time(Math.Abs(s)) : "-";

    private static string Percent(double? share) => share is { } part ? Invariant($"{part * 100:0} %") : "-";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
