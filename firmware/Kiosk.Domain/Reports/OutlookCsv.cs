namespace Kiosk.Domain.Reports;

/// <summary>A day's forecast as a spreadsheet reads it: a line for each service and half hour, then the whole hall's with an empty service. RFC 4180, empty where there is no figure.</summary>
public static class OutlookCsv
{
    private static readonly string[] Heads =
    [
        "day", "from", "service", "name", "forecast", "low", "high", "came", "corrected", "corrected_low", "corrected_high",
        "counters_advised", "enough", "counters_advised_now", "counters_planned", "counters_open",
    ];

    /// <param name="name">Of a service, for people.</param>
    public static string Write(OutlookSheet sheet, Func<string, string> name) => ReportCsv.Lines(
        Heads,
        from line in sheet.Lines.OrderBy(line => line.Service is null)
        from half in line.Halves
        select (object?[])
        [
            sheet.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture), half.From, line.Service, line.Service is { } id ? name(id) : null,
            half.Expected, half.Low, half.High, half.Came, half.Corrected, half.CorrectedLow, half.CorrectedHigh,
            half.Staff?.Advised, half.Staff is { } staff ? (staff.Enough ? 1 : 0) : null, half.Staff?.AdvisedNow, half.Staff?.Planned, half.Staff?.Open,
        ]);
}
