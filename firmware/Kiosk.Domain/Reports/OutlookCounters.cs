using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Domain.Waiting.Staffing;

namespace Kiosk.Domain.Reports;

/// <summary>Advised, planned and actual counters of a forecast: of the hall, and of each service's group.</summary>
/// <param name="now">The advice of the corrected forecast, for the same groups; null: the day does not run.</param>
internal sealed class OutlookCounters(HallProfile site, KeptForecast kept, IReadOnlyList<ForecastStaffing>? now, IReadOnlyList<StaffedHalf>? staffed, int over)
{
    private readonly IReadOnlyList<double>? _planned = PlannedInAll(site, kept);

    public IReadOnlyList<string> SharedWith(string? service) => service is null ? [] : Group(kept.Staffing, service)?.Services ?? [];

    /// <param name="service">Null: the whole hall.</param>
    public OutlookStaff? At(string? service, int index)
    {
        var groups = service is null ? kept.Staffing : Group(kept.Staffing, service) is { } group ? [group] : [];
        if (groups.Count == 0) return null;

        var later = now is null || index < over ? null : service is null ? now : Group(now, service) is { } after ? [after] : null;
        return new(
            groups.Sum(one => one.Advised[index]),
            groups.All(one => one.Enough[index]),
            later?.Sum(one => one.Advised[index]),
            service is null ? _planned?[index] : groups[0].Planned?[index],
            // Who sits at a counter of which group is not counted: with one group, the hall is that group.
            index < over && (service is null || kept.Staffing.Count == 1) ? Open(index) : null);
    }

    private double? Open(int index) => staffed is null
        ? null
        : Math.Round(staffed.Where(half => half.Minute == kept.Halves[index]).Sum(half => half.Seconds) / (HalfHours.Minutes * 60.0 * kept.Open[index]), 1);

    private static ForecastStaffing? Group(IReadOnlyList<ForecastStaffing> groups, string service) => groups.FirstOrDefault(group => group.Services.Contains(service));

    // Of one group, as it was when the day opened; of several, what the roster of now says of the hall.
    private static IReadOnlyList<double>? PlannedInAll(HallProfile site, KeptForecast kept) => kept.Staffing is [var only]
        ? only.Planned
        : Roster.OfHall(site, kept.Day, [.. kept.Halves.Select((minute, index) => new OpenHalf(minute, kept.Open[index]))])?.ToArray();
}
