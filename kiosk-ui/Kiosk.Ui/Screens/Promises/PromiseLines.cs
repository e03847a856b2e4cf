using System.Globalization;
using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>How promises were kept, as lines of tables.</summary>
internal sealed class PromiseLines(Phrases t, PromisesView view)
{
    private static readonly string[] Figures = ["waits.made", "waits.scored", "waits.error", "waits.bias", "waits.coverage", "waits.likely", "waits.told", "waits.width", "waits.yardstick"];

    public IReadOnlyList<string> DayHeads => [t["report.day"], .. Figures.Select(key => t[key])];

    public IReadOnlyList<string> ServiceHeads => [t["report.service"], .. Figures.Select(key => t[key])];

    /// <summary>The latest day first.</summary>
    public IReadOnlyList<ReportTable.Line> Days =>
    [
        .. view.Days.Reverse().Select(day => new ReportTable.Line(
            ReportDate.Of(t, day.Day) + (day.Running ? $" ({t["report.running"]})" : ""), Cells(day.Told), Link: PromisesView.Address(view.Service, day.Day))),
        new(t["report.all"], Cells(PromiseFigures.Sum(view.Days.Select(day => day.Told)) ?? PromiseFigures.None), Sum: true),
    ];

    public static IReadOnlyList<ReportTable.Line> Services(Phrases t, PromisesView view, PromiseDay day) =>
    [
        .. day.Services.Select(one => new ReportTable.Line(view.ServiceName(one.Service, t.Language), new PromiseLines(t, view).Cells(one.Told), Link: PromisesView.Address(new(one.Service), day.Day))),
        new(t["report.all"], new PromiseLines(t, view).Cells(PromiseFigures.Sum(day.Services.Select(one => one.Told)) ?? PromiseFigures.None), Sum: true),
    ];

    /// <summary>Seconds with their sign: <c>+1 min 5 s</c>.</summary>
    public static string Bias(Phrases t, int? seconds) => seconds switch
    {
        null => Duration.Of(t, null),
        > 0 => "+" + Duration.Of(t, seconds),
        < 0 => "−" + Duration.Of(t, -seconds),
        _ => Duration.Of(t, 0),
    };

    private IReadOnlyList<string> Cells(PromiseFigures told) =>
    [
        told.Made.ToString(CultureInfo.InvariantCulture),
        told.Scored.ToString(CultureInfo.InvariantCulture),
        Duration.Of(t, told.MeanError),
        Bias(t, told.Bias),
        Duration.Share(t, told.Coverage),
        Duration.Share(t, told.LikelyCoverage),
        Duration.Share(t, told.ToldCoverage),
        Duration.Of(t, told.MeanWidth),
        Duration.Of(t, told.LastServedError),
    ];
}
