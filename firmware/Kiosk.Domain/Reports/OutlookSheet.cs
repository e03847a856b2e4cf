using System.Collections.Immutable;
using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Domain.Reports;

/// <summary>A day's forecast as people read it: forecast, what came, the correction, and the counters, half hour by half hour.</summary>
/// <param name="State"><c>coming</c>, <c>running</c> or <c>over</c>.</param>
/// <param name="None">Why there is no forecast; null: there is one.</param>
/// <param name="Mark">See <see cref="KeptForecast.Mark"/>; null without a forecast.</param>
/// <param name="Factor">How many times as many people as on an ordinary day such a day has.</param>
/// <param name="Lines">All together first, then the services.</param>
/// <param name="Unknown">Ids of services that no past day knows: nothing is said of them.</param>
public sealed record OutlookSheet(DateOnly Day, string State, NoOutlook? None, string? Mark, double Factor, IReadOnlyList<OutlookLine> Lines, IReadOnlyList<string> Unknown)
{
    public const string Coming = "coming", Running = "running", Over = "over";

    /// <param name="service">Null: all together.</param>
    public OutlookLine? Line(string? service) => Lines.FirstOrDefault(line => line.Service == service);

    public static OutlookSheet Without(DateOnly day, string state, NoOutlook why) => new(day, state, why, null, 1, [], []);

    /// <param name="report">Of that day, as it stands; null: it has not begun.</param>
    /// <param name="now">By which half hours of a running day are over.</param>
    public static OutlookSheet Of(HallProfile site, KeptForecast kept, DayReport? report, DateTimeOffset now)
    {
        var state = report is null ? Coming : report.Closed is null ? Running : Over;
        var over = state switch { Coming => 0, Over => kept.Halves.Count, _ => HalvesOver(site, kept, now) };
        var came = kept.Lines.ToDictionary(line => line.Service ?? "", line => report is null ? [] : DayOutlook.Came(kept, report.Figures.HalfHours, line.Service));
        var corrected = state == Running ? kept.Lines.ToDictionary(line => line.Service ?? "", line => DayCorrection.Of(Arrivals(line), came[line.Service ?? ""], over)) : null;
        var advice = corrected is null ? null : ForecastPlan.Staffing(site, kept, line => corrected[line.Service!].Mean);
        var counters = new OutlookCounters(site, kept, advice, report?.Staffed, over);
        return new(
            kept.Day,
            state,
            null,
            kept.Mark,
            kept.Factor,
            [
                .. kept.Lines.OrderBy(line => line.Service is not null).Select(line => OutlookLine.Of(
                    kept, line, came[line.Service ?? ""], over, corrected?[line.Service ?? ""], report?.Outlook?.Scores.FirstOrDefault(score => score.Service == line.Service)?.Score, counters)),
            ],
            [.. site.Services.Select(service => service.Id.Value).Where(id => kept.Line(id) is null)]);
    }

    private static ArrivalLine Arrivals(ForecastLine line) => new(
        line.Service is { } id ? new ServiceId(id) : null, [.. line.Mean], [.. line.Low], [.. line.High], line.Spread, line.Level, [.. line.LastWeek]);

    private static int HalvesOver(HallProfile site, KeptForecast kept, DateTimeOffset now)
    {
        var minute = (TimeZoneInfo.ConvertTime(now, site.TimeZone).DateTime - kept.Day.ToDateTime(TimeOnly.MinValue)).TotalMinutes;
        return kept.Halves.Count(half => half + HalfHours.Minutes <= minute);
    }
}

/// <param name="Why"><c>closed</c>; <c>too-little</c>: too few ordinary days are known; <c>unlike</c>: too few such special days are; <c>not-kept</c>: none was kept when the day opened.</param>
/// <param name="Days">Days that are known; 0 where it does not matter.</param>
/// <param name="Needed">Days that are needed.</param>
public sealed record NoOutlook(string Why, int Days, int Needed);

/// <param name="Service">Id; null: all together.</param>
/// <param name="Expected">Arrivals of the whole day.</param>
/// <param name="Low">The total of nine of ten such days lies between low and high.</param>
/// <param name="Came">Arrivals in the half hours that are over; null before the day.</param>
/// <param name="Level">Of a running day: how many times as busy as forecast its rest is expected to be.</param>
/// <param name="Corrected">Of a running day: what came, and the rest as corrected.</param>
/// <param name="Score">Once the day is over.</param>
/// <param name="SharedWith">Ids of all services that share these counters; empty for all together.</param>
public sealed record OutlookLine(
    string? Service,
    double Expected,
    int Low,
    int High,
    int? Came,
    double? Level,
    double? Corrected,
    ForecastScore? Score,
    IReadOnlyList<string> SharedWith,
    IReadOnlyList<OutlookHalf> Halves)
{
    internal static OutlookLine Of(
        KeptForecast kept, ForecastLine line, IReadOnlyList<int> came, int over, DayCorrection? corrected, ForecastScore? score, OutlookCounters counters)
    {
        var (low, high) = GammaPoisson.Range(line.Mean.Sum(), line.Level);
        var begun = came.Count > 0;
        return new(
            line.Service,
            Math.Round(line.Mean.Sum(), 1),
            low,
            high,
            begun ? came.Take(over).Sum() : null,
            corrected?.Level,
            corrected is null ? null : Math.Round(came.Take(over).Sum() + corrected.Mean.Skip(over).Sum(), 1),
            score,
            counters.SharedWith(line.Service),
            [
                .. kept.Halves.Select((minute, index) => new OutlookHalf(
                    minute,
                    line.Mean[index],
                    line.Low[index],
                    line.High[index],
                    begun && index < over ? came[index] : null,
                    corrected is null || index < over ? null : corrected.Mean[index],
                    corrected is null || index < over ? null : corrected.Low[index],
                    corrected is null || index < over ? null : corrected.High[index],
                    counters.At(line.Service, index))),
            ]);
    }
}

/// <param name="Minute">From midnight to its beginning.</param>
/// <param name="Expected">Arrivals as forecast when the day opened.</param>
/// <param name="Low">The count of nine of ten such half hours lies between low and high.</param>
/// <param name="Came">Null: not over yet.</param>
/// <param name="Corrected">By what came so far; null where it is over, and of days that do not run.</param>
public sealed record OutlookHalf(int Minute, double Expected, int Low, int High, int? Came, double? Corrected, int? CorrectedLow, int? CorrectedHigh, OutlookStaff? Staff)
{
    /// <summary><c>08:30</c>.</summary>
    public string From => string.Create(CultureInfo.InvariantCulture, $"{Minute / 60:00}:{Minute % 60:00}");
}

/// <summary>Open counters of a half hour: of the hall, or of the group that a service's counters are.</summary>
/// <param name="Advised">When the day opened.</param>
/// <param name="Enough">False: all counters together do not keep the target.</param>
/// <param name="AdvisedNow">By the corrected forecast; null where it is over, and of days that do not run.</param>
/// <param name="Planned">By the roster, on average over the half hour; null: it says nothing.</param>
/// <param name="Open">That could serve, on average over the half hour; null: not over yet, or not known for the group.</param>
public sealed record OutlookStaff(int Advised, bool Enough, int? AdvisedNow, double? Planned, double? Open);
