using System.Globalization;
using Kiosk.Domain.Reports;

namespace Kiosk.Ui.Screens.Reports;

/// <summary>The figures of a report as lines of its tables.</summary>
internal sealed class ReportLines(Phrases t, ReportView view, Figures all)
{
    private static readonly string[] FlowHeads = ["report.issued", "report.served", "report.no-show", "report.cancelled", "report.abandoned", "report.still-open"];

    public IReadOnlyList<string> ServiceHeads => Heads(["report.service", .. FlowHeads, "report.wait-mean", "report.median", "report.p90", "report.target", "report.within", "report.service-mean", "report.satisfied"]);

    public IReadOnlyList<ReportTable.Line> Services =>
    [
        .. all.Services.Select(row => new ReportTable.Line(view.ServiceName(row.Id, t.Language), [.. Of(row.Flow), .. Of(row.Wait), Duration.Of(t, row.Target), Within(row.Wait), Duration.Of(t, row.Service.Mean), Rated(row.Satisfaction)])),
        new(t["report.all"], [.. Of(all.Flow), .. Of(all.Wait), "", Within(all.Wait), Duration.Of(t, all.Service.Mean), Rated(all.Satisfaction)], Sum: true),
    ];

    public IReadOnlyList<string> HalfHourHeads => Heads(["report.half-hour", .. FlowHeads, "report.called", "report.finished", "report.most-waiting", "report.wait-mean", "report.p90"]);

    public IReadOnlyList<ReportTable.Line> HalfHours =>
    [
        .. all.HalfHours.Select(row => new ReportTable.Line(
            Repeats(row) ? $"{row.From} (UTC{row.Offset / 60:+0;-0})" : row.From,
            [.. Of(row.Flow), Number(row.Called), Number(row.Finished), Number(row.MostWaiting), Duration.Of(t, row.Wait.Mean), Some(row.Wait, row.Wait.P90)])),
        new(t["report.all"], [.. Of(all.Flow), Number(all.HalfHours.Sum(row => row.Called)), Number(all.HalfHours.Sum(row => row.Finished)),
            Number(all.HalfHours.Select(row => row.MostWaiting).DefaultIfEmpty().Max()), Duration.Of(t, all.Wait.Mean), Some(all.Wait, all.Wait.P90)], Sum: true),
    ];

    public IReadOnlyList<string> CounterHeads => Heads(["counter", "report.open-time", "report.paused", "report.serving", "report.utilisation", "report.calls", "report.served", "report.no-show", "report.service-mean", "report.satisfied"]);

    public IReadOnlyList<ReportTable.Line> Counters =>
    [
        .. all.Counters.Select(row => new ReportTable.Line(
            t.Say("counter.title", row.Counter),
            [Duration.Of(t, row.Open), Duration.Of(t, row.Paused), Duration.Of(t, row.Serving), Duration.Share(t, row.Utilisation), Number(row.Calls), Number(row.Served), Number(row.NoShow), Duration.Mean(t, row.ServiceTime, row.Served), Rated(row.Satisfaction)])),
    ];

    public IReadOnlyList<string> ClerkHeads => Heads(["report.clerk", "report.available", "report.serving", "report.utilisation", "report.calls", "report.served", "report.no-show", "report.service-mean", "report.satisfied"]);

    public IReadOnlyList<ReportTable.Line> Clerks =>
    [
        .. all.Clerks.Select(row => new ReportTable.Line(
            row.Clerk,
            [Duration.Of(t, row.Available), Duration.Of(t, row.Serving), Duration.Share(t, row.Utilisation), Number(row.Calls), Number(row.Served), Number(row.NoShow), Duration.Mean(t, row.ServiceTime, row.Served), Rated(row.Satisfaction)])),
    ];

    public IReadOnlyList<string> ClassHeads => Heads(["report.class", "report.issued", "report.wait-mean", "report.median", "report.p90"]);

    public IReadOnlyList<ReportTable.Line> Classes =>
        [.. all.Classes.Select(row => new ReportTable.Line(t["priority." + (row.Class?.ToString() ?? "none")], [Number(row.Issued), .. Of(row.Wait)]))];

    public IReadOnlyList<string> RuleHeads => Heads(["report.rule", "report.calls", "report.share"]);

    public IReadOnlyList<ReportTable.Line> Rules =>
        [.. all.Rules.Select(row => new ReportTable.Line(t["report.rule." + (row.Rule?.ToString() ?? "none")], [Number(row.Calls), Duration.Share(t, Share.Of(row.Calls, all.Rules.Sum(other => other.Calls)))]))];

    public IReadOnlyList<string> DeviceHeads => Heads(["report.device", "report.told-by", "report.faults", "report.down"]);

    public IReadOnlyList<ReportTable.Line> Devices =>
        [.. all.Devices.Select(row => new ReportTable.Line(row.Id, [t["report.by." + row.By], Number(row.Faults), Duration.Of(t, row.Down)]))];

    public IReadOnlyList<string> DayHeads => Heads(["report.day", .. FlowHeads, "report.wait-mean", "report.p90", "report.within", "report.service-mean", "report.utilisation", "report.satisfied"]);

    public IReadOnlyList<ReportTable.Line> Days =>
    [
        .. view.Days.Select(row => new ReportTable.Line(
            ReportDate.Of(t, row.Day) + (row.Running ? $" ({t["report.running"]})" : ""),
            [.. Of(row.Flow), Duration.Of(t, row.Wait.Mean), Some(row.Wait, row.Wait.P90), Within(row.Wait), Duration.Of(t, row.Service.Mean), Duration.Share(t, row.Utilisation), Rated(row.Satisfaction)],
            Link: ReportDate.Address(Period.Day(row.Day)))),
    ];

    private IReadOnlyList<string> Heads(IEnumerable<string> keys) => [.. keys.Select(key => t[key])];

    // The clocks went back: the same time on the wall, twice.
    private bool Repeats(HalfHourFigures row) => row.Offset is not null && all.HalfHours.Any(other => other.Minute == row.Minute && other.Offset != row.Offset);

    private static string[] Of(Flow flow) => [.. new[] { flow.Issued, flow.Served, flow.NoShow, flow.Cancelled, flow.Abandoned, flow.Open }.Select(Number)];

    private string[] Of(Times wait) => [Duration.Of(t, wait.Mean), Some(wait, wait.Median), Some(wait, wait.P90)];

    private string Some(Times times, int seconds) => Duration.Of(t, times.Count == 0 ? null : seconds);

    private string Within(Times wait) => Duration.Share(t, Share.Of(wait.Within, wait.Promised));

    private string Rated(Satisfaction rated) => rated.Count == 0 ? t["report.none"] : t.Say("report.chart.of", rated.Satisfied, rated.Count);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
