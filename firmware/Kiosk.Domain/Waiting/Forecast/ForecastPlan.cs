using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Staffing;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>Forecast, advice and roster of a day, put together from the hall's profile and its past days. Pure.</summary>
public static class ForecastPlan
{
    /// <summary>Days whose service times count.</summary>
    private const int ServiceDays = 28;

    /// <summary>Customers that the profile's own service time counts for.</summary>
    private const int Prior = 5;

    /// <returns>The forecast, or why there is none.</returns>
    public static DayForecast Forecast(HallProfile site, IEnumerable<PastDay> past, DateOnly day) =>
        new ArrivalForecaster(ForecastCalendar.Of(site), [.. site.Services.Select(service => service.Id)]).Forecast(past, day);

    /// <summary>As it is kept: with what the services take, the advice, and the roster of now.</summary>
    public static KeptForecast Keep(HallProfile site, IReadOnlyCollection<PastDay> past, DayForecast.Ready forecast)
    {
        var kept = new KeptForecast(
            forecast.Day,
            KeptForecast.NameOf(forecast.Mark),
            Math.Round(forecast.Factor, 3),
            [.. forecast.Halves.Select(half => half.Minute)],
            [.. forecast.Halves.Select(half => Math.Round(half.Share, 3))],
            [.. forecast.Lines.Select(line => ForecastLine.Of(line, Takes(site, past, forecast.Day, line.Service!.Value))), ForecastLine.Of(forecast.Hall, null)],
            []);
        return kept with { Staffing = Staffing(site, kept, line => line.Mean) };
    }

    /// <summary>Advice and roster for each group of counters.</summary>
    /// <param name="arrivals">What to expect of a service in each half hour: its forecast, or that corrected.</param>
    public static IReadOnlyList<ForecastStaffing> Staffing(HallProfile site, KeptForecast kept, Func<ForecastLine, IReadOnlyList<double>> arrivals)
    {
        var halves = kept.Halves.Select((minute, index) => new OpenHalf(minute, kept.Open[index])).ToImmutableArray();
        var pools = CounterPool.Of(site);
        return
        [
            .. from pool in pools
               let lines = kept.Lines.Where(line => line.Service is { } id && pool.Services.Contains(new(id))).ToList()
               let needs = lines.Select(line => new ServiceNeed(new(line.Service!), TimeSpan.FromSeconds(line.Takes ?? 0), site.Service(new(line.Service!))!.TargetWait)).ToList()
               let coming = lines.Select(arrivals).ToList()
               let advice = StaffingAdvice.Of(
                   needs, pool.Counters.Length, site.Staffing.Minimum, site.Staffing.Share,
                   [.. halves.Select((half, index) => ((IReadOnlyList<double>)[.. coming.Select(line => line[index])], half.Share))])
               select new ForecastStaffing(
                   [.. pool.Services.Select(service => service.Value)],
                   pool.Counters.Length,
                   [.. advice.Select(half => half.Counters)],
                   [.. advice.Select(half => half.Enough)],
                   Roster.Of(site, pools, pool, kept.Day, halves)?.ToArray()),
        ];
    }

    // What past days took, and the profile's own figure while there are few; then the walk, during which the counter waits.
    private static int Takes(HallProfile site, IReadOnlyCollection<PastDay> past, DateOnly day, ServiceId service)
    {
        var known = past.Where(one => one.Day < day && one.Day >= day.AddDays(-ServiceDays)).Select(one => one.Services.GetValueOrDefault(service)).OfType<PastService>().ToList();
        var typical = site.Service(service)!.TypicalService.TotalSeconds;
        return (int)Math.Round(((known.Sum(one => one.ServiceSeconds) + (Prior * typical)) / (known.Sum(one => one.Served) + Prior)) + site.Rules.Walking.TotalSeconds);
    }
}
