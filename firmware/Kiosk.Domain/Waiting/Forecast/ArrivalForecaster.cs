using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>
/// Forecasts the arrivals of a day from closed days before it (<see cref="WeekProfile"/>), special days apart, with ranges from its own past errors (<see cref="GammaPoisson"/>).
/// Pure: same days, same forecast.
/// </summary>
/// <param name="services">In the order in which the forecast is to name them.</param>
/// <param name="leastDays">Ordinary days below which nothing is said.</param>
public sealed class ArrivalForecaster(ForecastCalendar calendar, IReadOnlyList<ServiceId> services, int leastDays = ArrivalForecaster.LeastDays)
{
    public const int LeastDays = 5, LeastLikeDays = 2;

    /// <summary>Days that are looked back.</summary>
    public const int Memory = 182;

    /// <summary>Past days on which the forecast is tried to learn how far it errs.</summary>
    private const int Trials = 28;

    /// <summary>Days of a kind that an unchanged level counts for when such a day's level is learned.</summary>
    private const double LikePrior = 1;

    private static readonly (double Spread, double Weight) HalfHourPrior = (0.1, 20), DayPrior = (0.03, 5);

    /// <param name="past">Any order; what is not before <paramref name="day"/> is left out.</param>
    public DayForecast Forecast(IEnumerable<PastDay> past, DateOnly day)
    {
        var halves = calendar.Halves(day);
        if (halves.IsEmpty) return new DayForecast.Closed(day);

        // A day without any ticket is no day of business: a trial run, or a hall that stayed shut.
        var known = past.Where(one => one.Day < day && one.Day >= day.AddDays(-Memory) && one.Total > 0).OrderBy(one => one.Day).ToList();
        var ordinary = known.Where(one => calendar.Mark(one.Day) == DayMark.Ordinary).ToList();
        if (ordinary.Count < leastDays) return new DayForecast.TooLittle(day, ordinary.Count, leastDays);

        var mark = calendar.Mark(day);
        var like = known.Where(one => mark != DayMark.Ordinary && calendar.Mark(one.Day) == mark && !calendar.Halves(one.Day).IsEmpty).ToList();
        if (mark == DayMark.Special && like.Count < LeastLikeDays) return new DayForecast.Unlike(day, like.Count, LeastLikeDays);

        var learned = services.Where(service => ordinary.Any(one => one.Services.ContainsKey(service) && one.Services[service].Total > 0)).ToImmutableArray();
        var profiles = Profiles(ordinary, learned);
        var factor = Factor(profiles, like);
        var trials = ordinary.Skip(leastDays).TakeLast(Trials).Select(one => new Trial(one, calendar.Halves(one.Day), profiles)).ToList();
        var lastWeek = known.FirstOrDefault(one => one.Day == day.AddDays(-7));
        var expected = learned.ToDictionary(service => service, service => profiles[service].Expect(day, halves, day).Select(mean => mean * factor).ToArray());
        return new DayForecast.Ready(
            day,
            halves,
            mark,
            factor,
            [.. learned.Select(service => Line(service, expected[service], trials.Select(trial => trial.Of(service)), lastWeek, halves))],
            Line(null, [.. halves.Select((_, index) => expected.Values.Sum(means => means[index]))], trials.Select(trial => trial.OfAll()), lastWeek, halves),
            [.. services.Except(learned)]);
    }

    private Dictionary<ServiceId, WeekProfile> Profiles(List<PastDay> ordinary, ImmutableArray<ServiceId> learned)
    {
        var halves = ordinary.ToDictionary(one => one.Day, one => calendar.Halves(one.Day));
        return learned.ToDictionary(service => service, service => new WeekProfile(
            ordinary.Where(one => one.Services.ContainsKey(service)).Select(one => (one, one.Services[service])), day => halves[day]));
    }

    /// <summary>How many times as busy days of this kind were as ordinary ones: the median, shrunk towards no difference.</summary>
    private double Factor(Dictionary<ServiceId, WeekProfile> profiles, List<PastDay> like)
    {
        var ratios = like.Select(one => (one.Total, Usual: profiles.Values.Sum(profile => profile.Expect(one.Day, calendar.Halves(one.Day), DateOnly.MaxValue).Sum())))
            .Where(pair => pair.Usual > 0).Select(pair => Math.Log(pair.Total / pair.Usual)).Order().ToList();
        if (ratios.Count == 0) return 1;

        var median = (ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2;
        return Math.Exp(median * ratios.Count / (ratios.Count + LikePrior));
    }

    private static ArrivalLine Line(ServiceId? service, double[] mean, IEnumerable<List<(double Actual, double Mean)>> errors, PastDay? lastWeek, ImmutableArray<OpenHalf> halves)
    {
        var days = errors.Where(pairs => pairs.Count > 0).ToList();
        return ArrivalLine.Of(
            service,
            mean,
            GammaPoisson.Spread([.. days.SelectMany(pairs => pairs)], HalfHourPrior),
            GammaPoisson.Spread([.. days.Select(pairs => (pairs.Sum(pair => pair.Actual), pairs.Sum(pair => pair.Mean)))], DayPrior),
            lastWeek is null ? [] : [.. halves.Select(half => lastWeek.Services.Where(pair => service is null || pair.Key == service).Sum(pair => pair.Value.At(half.Minute)))]);
    }

    /// <summary>A past day, forecast from the days before it.</summary>
    private sealed class Trial(PastDay one, ImmutableArray<OpenHalf> halves, Dictionary<ServiceId, WeekProfile> profiles)
    {
        private readonly Dictionary<ServiceId, double[]> _expected = profiles.ToDictionary(pair => pair.Key, pair => pair.Value.Expect(one.Day, halves, one.Day));

        public List<(double Actual, double Mean)> Of(ServiceId service) => Pairs(index => one.Services.TryGetValue(service, out var known) ? known.At(halves[index].Minute) : 0, index => _expected[service][index]);

        public List<(double Actual, double Mean)> OfAll() => Pairs(
            index => _expected.Keys.Sum(service => one.Services.TryGetValue(service, out var known) ? known.At(halves[index].Minute) : 0),
            index => _expected.Values.Sum(means => means[index]));

        private List<(double Actual, double Mean)> Pairs(Func<int, double> actual, Func<int, double> mean) =>
            [.. Enumerable.Range(0, halves.Length).Where(index => one.Saw(halves[index].Minute)).Select(index => (actual(index), mean(index)))];
    }
}
