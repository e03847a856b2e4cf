using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>
/// Arrivals of one service in each half hour, as past days had them: the same weekday's past weeks first, shrunk towards all the days, recent ones counting more.
/// Robust twice: a day whose total does not fit the others weighs little, and a single count far from its half hour's median is cut.
/// Linear apart from that: of a constant history it is that constant.
/// </summary>
internal sealed class WeekProfile
{
    /// <summary>After so many days a day counts half.</summary>
    private const double HalfLife = 28;

    /// <summary>Weeks that all days together count for beside the weekday's own: for the level of the day, and for its shape.</summary>
    private const double LevelPrior = 1, ShapePrior = 4;

    /// <summary>Standard deviations from where on a day's total weighs less; more where its weekday is hardly known.</summary>
    private const double Odd = 3, OddStranger = 6;

    /// <summary>Standard deviations at which a single count is cut.</summary>
    private const double Cut = 3.5;

    /// <summary>A median absolute deviation as a standard deviation of the normal distribution.</summary>
    private const double MadToDeviation = 1.4826;

    private readonly List<(PastDay Past, PastService Service, double Fit)> _days;
    private readonly Func<DateOnly, ImmutableArray<OpenHalf>> _halves;

    // Opening hours are a matter of time zones: a day is asked for once, not for each of its half hours.
    private readonly Dictionary<DateOnly, Dictionary<int, double>> _shares = [];

    /// <param name="days">Ordinary ones, of which the service is known.</param>
    public WeekProfile(IEnumerable<(PastDay Past, PastService Service)> days, Func<DateOnly, ImmutableArray<OpenHalf>> halves)
    {
        _halves = halves;
        _days = Fitted([.. days]);
    }

    public int Days => _days.Count;

    /// <summary>What is to be expected in each half hour of that day, in the order of <paramref name="halves"/>.</summary>
    /// <param name="before">Only days before this one are looked at.</param>
    public double[] Expect(DateOnly day, ImmutableArray<OpenHalf> halves, DateOnly before)
    {
        var known = _days.Where(entry => entry.Past.Day < before).Select(entry => (entry.Past, entry.Service, Weight: entry.Fit * Recent(day, entry.Past.Day))).ToList();
        var same = known.Where(entry => entry.Past.Day.DayOfWeek == day.DayOfWeek).ToList();
        var weeks = same.Sum(entry => entry.Weight);
        var all = halves.Select(half => Mean(known, half.Minute)).ToArray();
        var own = halves.Select(half => Mean(same, half.Minute)).ToArray();

        // Half hours that the weekday has never had say nothing about how busy it is.
        var shared = Enumerable.Range(0, halves.Length).Where(index => own[index] is not null && all[index] is not null).ToList();
        var (ownLevel, allLevel) = (shared.Sum(index => own[index]!.Value), shared.Sum(index => all[index]!.Value));
        var level = allLevel > 0 ? ((weeks * ownLevel / allLevel) + LevelPrior) / (weeks + LevelPrior) : 1;
        return
        [
            .. halves.Select((half, index) => half.Share * (own[index] is { } mean
                ? ((weeks * mean) + (ShapePrior * (all[index] ?? mean) * level)) / (weeks + ShapePrior)
                : (all[index] ?? 0) * level)),
        ];
    }

    // Per whole open half hour. Null where no day saw it.
    private double? Mean(List<(PastDay Past, PastService Service, double Weight)> days, int minute)
    {
        var seen = new List<(double Count, double Share, double Weight)>(days.Count);
        foreach (var (past, service, weight) in days)
        {
            if (past.Saw(minute) && ShareOf(past.Day, minute) is > 0 and var share) seen.Add((service.At(minute), share, weight));
        }

        if (seen.Count == 0) return null;

        var middle = Median(seen.Select(entry => entry.Count / entry.Share));
        var deviation = Math.Max(MadToDeviation * Median(seen.Select(entry => Math.Abs((entry.Count / entry.Share) - middle))), Math.Sqrt(Math.Max(middle, 0.5)));
        var most = middle + (Cut * deviation);
        return seen.Sum(entry => entry.Weight * Math.Min(entry.Count, most * entry.Share)) / seen.Sum(entry => entry.Weight * entry.Share);
    }

    private double ShareOf(DateOnly day, int minute)
    {
        if (!_shares.TryGetValue(day, out var shares))
        {
            _shares[day] = shares = [];
            foreach (var half in _halves(day)) shares.TryAdd(half.Minute, half.Share);
        }

        return shares.GetValueOrDefault(minute);
    }

    private static double Recent(DateOnly day, DateOnly past) => Math.Pow(0.5, Math.Abs(day.DayNumber - past.DayNumber) / HalfLife);

    // Square roots of counts scatter alike, whatever their mean.
    private static List<(PastDay Past, PastService Service, double Fit)> Fitted(List<(PastDay Past, PastService Service)> days)
    {
        if (days.Count == 0) return [];

        var weekdays = days.ToLookup(entry => entry.Past.Day.DayOfWeek);
        bool Stranger(PastDay past) => weekdays[past.Day.DayOfWeek].Count() < 3;
        var offs = days.Select(entry => Root(entry.Service) - (Stranger(entry.Past) ? Around(days, entry.Past.Day, 15) : Around(weekdays[entry.Past.Day.DayOfWeek], entry.Past.Day, 5))).ToList();
        var scale = Math.Max(1, MadToDeviation * Median(offs.Select(Math.Abs)));
        return
        [
            .. days.Select((entry, index) =>
            {
                var (odd, off) = (Stranger(entry.Past) ? OddStranger : Odd, Math.Abs(offs[index]) / scale);
                return (entry.Past, entry.Service, off <= odd ? 1 : Math.Pow(odd / off, 2));
            }),
        ];
    }

    // Against the days around it: a hall that grew has no odd days.
    private static double Around(IEnumerable<(PastDay Past, PastService Service)> days, DateOnly day, int nearest) =>
        Median(days.OrderBy(entry => Math.Abs(entry.Past.Day.DayNumber - day.DayNumber)).ThenByDescending(entry => entry.Past.Day).Take(nearest).Select(entry => Root(entry.Service)));

    private static double Root(PastService service) => 2 * Math.Sqrt(service.Total);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
