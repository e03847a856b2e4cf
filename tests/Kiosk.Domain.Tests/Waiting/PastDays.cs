using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Domain.Tests.Waiting;

/// <summary>Histories of a hall that is open from 08:00 to 18:00 every day, drawn from a seed.</summary>
internal static class PastDays
{
    public static readonly ServiceId Pay = new("pay"), Plans = new("plans");

    /// <summary>A Monday.</summary>
    public static readonly DateOnly First = new(2026, 1, 5);

    /// <summary>Mean arrivals of each half hour from 08:00.</summary>
    public static readonly double[] Shape = [4, 7, 10, 12, 12, 9, 6, 5, 6, 8, 10, 11, 10, 8, 6, 5, 4, 3, 2, 1];

    private static readonly ImmutableArray<OpenSpan> Hours = [new(new(8, 0), new(18, 0))];

    public static ForecastCalendar Calendar(Func<DateOnly, DayMark>? mark = null, Func<DateOnly, bool>? closed = null) =>
        new(day => closed?.Invoke(day) == true ? [] : Hours, mark ?? (_ => DayMark.Ordinary));

    public static ArrivalForecaster Forecaster(Func<DateOnly, DayMark>? mark = null) => new(Calendar(mark), [Pay]);

    public static DayForecast.Ready Ready(this ArrivalForecaster forecaster, IEnumerable<PastDay> past, DateOnly day) => Assert.IsType<DayForecast.Ready>(forecaster.Forecast(past, day));

    public static PastDay Day(DateOnly day, IEnumerable<int> counts) => new(day, 0, 24 * 60, new Dictionary<ServiceId, PastService> { [Pay] = Counts(counts) }.ToImmutableDictionary());

    public static PastService Counts(IEnumerable<int> counts) =>
        new(counts.Select((count, index) => (Minute: (8 * 60) + (index * 30), count)).ToImmutableSortedDictionary(pair => pair.Minute, pair => pair.count), 0, 0);

    public static IEnumerable<PastDay> Same(int days, Func<DateOnly, int> count) =>
        Enumerable.Range(0, days).Select(First.AddDays).Select(day => Day(day, Enumerable.Repeat(count(day), Shape.Length)));

    /// <summary>Counts that scatter by chance, by the half hour (spread) and by the day (level).</summary>
    public static List<PastDay> Drawn(int days, int seed, double spread = 0, double level = 0, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(n =>
        {
            var day = level > 0 ? Gamma(random, 1 / level) * level : 1;
            return Day(First.AddDays(n), Shape.Select(mean => Poisson(random, mean * scale * day * (spread > 0 ? Gamma(random, 1 / spread) * spread : 1))));
        })];
    }

    public static int Poisson(Random random, double mean)
    {
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }

    /// <summary>Gamma distributed with scale 1 (Marsaglia and Tsang 2000), shape of at least 1.</summary>
    public static double Gamma(Random random, double shape)
    {
        var (d, c) = (shape - (1.0 / 3), 1 / Math.Sqrt(9 * (shape - (1.0 / 3))));
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }
}
