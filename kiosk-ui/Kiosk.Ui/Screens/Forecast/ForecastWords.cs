using System.Globalization;
using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports;

namespace Kiosk.Ui.Screens.Forecast;

/// <summary>A forecast in words and as lines of its table.</summary>
internal sealed class ForecastWords(Phrases t, ForecastView view)
{
    private static readonly string[] ArrivalHeads = ["report.half-hour", "forecast.expected", "forecast.range"], CounterHeads = ["forecast.advised", "forecast.planned", "forecast.open"];

    private bool Running => view.Sheet.State == OutlookSheet.Running;

    private bool Coming => view.Sheet.State == OutlookSheet.Coming;

    /// <summary>12.4, or 12; – where there is none.</summary>
    public static string Number(double? value) => value is { } number ? number.ToString(number < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) : "–";

    public IReadOnlyList<string> Heads =>
    [
        .. ArrivalHeads.Select(head => t[head]),
        .. Coming ? [] : new[] { t["forecast.came"] },
        .. Running ? new[] { t["forecast.corrected"] } : [],
        .. CounterHeads.SkipLast(Coming ? 1 : 0).Select(head => t[head]),
    ];

    public IReadOnlyList<ReportTable.Line> Rows(OutlookLine line) =>
    [
        .. line.Halves.Select(half => new ReportTable.Line(half.From, Cells(
            Number(half.Expected), t.Say("forecast.from-to", half.Low, half.High), Whole(half.Came),
            half is { Corrected: { } mean, CorrectedLow: { } low, CorrectedHigh: { } high } ? $"{Number(mean)} ({t.Say("forecast.from-to", low, high)})" : "",
            Advised(half.Staff), Number(half.Staff?.Planned), Number(half.Staff?.Open)))),
        new(t["report.all"], Cells(
            Number(line.Expected), t.Say("forecast.from-to", line.Low, line.High), Whole(line.Came), Number(line.Corrected), "", "", ""), Sum: true),
    ];

    public string NotThere(NoOutlook none) => none.Why switch
    {
        "too-little" => t.Say("forecast.too-little", none.Days, none.Needed),
        "unlike" => t.Say("forecast.unlike", none.Days, none.Needed),
        "closed" => t["forecast.closed"],
        _ => t["forecast.not-kept"],
    };

    private List<string> Cells(string expected, string range, string came, string corrected, string advised, string planned, string open) =>
    [
        expected, range,
        .. Coming ? [] : new[] { came },
        .. Running ? new[] { corrected } : [],
        advised, planned,
        .. Coming ? [] : new[] { open },
    ];

    private string Advised(OutlookStaff? staff) => staff switch
    {
        null => t["report.none"],
        { AdvisedNow: { } now } when now != staff.Advised => t.Say("forecast.advised-now", now, staff.Advised),
        { Enough: false } => t.Say("forecast.advised-few", staff.Advised),
        _ => Whole(staff.Advised),
    };

    private string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? t["report.none"];
}
