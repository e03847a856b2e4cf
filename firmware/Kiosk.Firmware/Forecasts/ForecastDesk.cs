using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Forecasts;

/// <summary>Every day's forecast: kept ones, and that of a coming day as it stands. Reads; writes nothing. Thread safe.</summary>
internal sealed class ForecastDesk(ReportShelf shelf, HallFeed feed, TimeProvider time)
{
    /// <summary>Days ahead for which a forecast is made: the daily picture does not change from week to week.</summary>
    public const int Ahead = 14;

    private readonly Lock _gate = new();
    private readonly Dictionary<DateOnly, PastDay> _past = [];

    public DateOnly Today => feed.Latest.State.Phase != DayPhase.Closed && feed.Latest.State.Day is { } open ? open : Date(time.GetUtcNow());

    /// <summary>Days that can be asked for: those that began, and the coming ones.</summary>
    public IReadOnlyList<DateOnly> Days() => [.. shelf.Days().Union(Enumerable.Range(0, Ahead + 1).Select(Today.AddDays)).Order()];

    /// <summary>What is expected of a day, from the days before it.</summary>
    public (DayForecast Forecast, KeptForecast? Kept) Make(DateOnly day)
    {
        var past = Past(day);
        var forecast = ForecastPlan.Forecast(feed.Profile, past, day);
        return (forecast, forecast is DayForecast.Ready ready ? ForecastPlan.Keep(feed.Profile, past, ready) : null);
    }

    /// <returns>Null for a day that neither has a report nor is near.</returns>
    public OutlookSheet? Sheet(DateOnly day)
    {
        var (today, report) = (Today, shelf.Day(day));
        if (report is null && (day < today || day > today.AddDays(Ahead))) return null;
        if (report?.Outlook is { } outlook) return OutlookSheet.Of(feed.Profile, outlook.Forecast, report, time.GetUtcNow());

        // Of a day that is over only what was said before it counts.
        if (report?.Closed is not null) return OutlookSheet.Without(day, OutlookSheet.Over, new("not-kept", 0, 0));
        var (forecast, kept) = Make(day);
        return kept is not null
            ? OutlookSheet.Of(feed.Profile, kept, report, time.GetUtcNow())
            : OutlookSheet.Without(day, report is null ? OutlookSheet.Coming : OutlookSheet.Running, Why(forecast));
    }

    /// <summary>The whole hall's score of each past day that has one, the latest first.</summary>
    public IReadOnlyList<(DateOnly Day, ForecastScore Score)> Scores(int most) =>
    [
        .. from day in shelf.Days().Reverse().Take(most)
           let score = shelf.Day(day)?.Outlook?.Scores.FirstOrDefault(line => line.Service is null)?.Score
           where score is not null
           select (day, score),
    ];

    private IReadOnlyList<PastDay> Past(DateOnly before)
    {
        var days = shelf.Days().Where(day => day < before && day >= before.AddDays(-ArrivalForecaster.Memory));
        return [.. days.Select(Past).OfType<PastDay>()];

        // A closed day gains no arrivals any more.
        PastDay? Past(DateOnly day)
        {
            lock (_gate)
            {
                if (_past.TryGetValue(day, out var known)) return known;
            }

            if (shelf.Day(day) is not { } report || PastDay.Of(report) is not { } past) return null;
            lock (_gate) return _past[day] = past;
        }
    }

    private static NoOutlook Why(DayForecast forecast) => forecast switch
    {
        DayForecast.TooLittle few => new("too-little", few.Days, few.Needed),
        DayForecast.Unlike few => new("unlike", few.Days, few.Needed),
        _ => new("closed", 0, 0),
    };

    private DateOnly Date(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, feed.Profile.TimeZone).DateTime);
}
