using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>Arrivals of a coming day, or why nothing can be said of them. Never a guess.</summary>
public abstract record DayForecast(DateOnly Day)
{
    /// <param name="Halves">Half hours in which the hall is open, in order; the figures of every line are in the same order.</param>
    /// <param name="Mark">What sets the day apart.</param>
    /// <param name="Factor">How many times as many people as on an ordinary day such a day has; 1 on an ordinary one.</param>
    /// <param name="Lines">One for each service that past days know, in the order of the services.</param>
    /// <param name="Hall">All services together.</param>
    /// <param name="Unknown">Services that no past day knows: nothing is said of them.</param>
    public sealed record Ready(
        DateOnly Day,
        ImmutableArray<OpenHalf> Halves,
        DayMark Mark,
        double Factor,
        ImmutableArray<ArrivalLine> Lines,
        ArrivalLine Hall,
        ImmutableArray<ServiceId> Unknown) : DayForecast(Day);

    /// <summary>The hall is closed on that day.</summary>
    public sealed record Closed(DateOnly Day) : DayForecast(Day);

    /// <param name="Days">Ordinary days that are known.</param>
    public sealed record TooLittle(DateOnly Day, int Days, int Needed) : DayForecast(Day);

    /// <summary>A special day, and hardly any of its kind was seen.</summary>
    public sealed record Unlike(DateOnly Day, int Days, int Needed) : DayForecast(Day);
}

/// <summary>Arrivals in each half hour, with the range that holds nine of ten.</summary>
/// <param name="Service">Null: all together.</param>
/// <param name="Spread">How much single half hours scatter beyond chance (see <see cref="GammaPoisson"/>).</param>
/// <param name="Level">The same of whole days.</param>
/// <param name="LastWeek">What came on the same weekday a week before, the yardstick; empty where that day is not known.</param>
public sealed record ArrivalLine(
    ServiceId? Service,
    ImmutableArray<double> Mean,
    ImmutableArray<int> Low,
    ImmutableArray<int> High,
    double Spread,
    double Level,
    ImmutableArray<int> LastWeek)
{
    public double Total => Mean.Sum();

    /// <summary>Of the whole day.</summary>
    public (int Low, int High) TotalRange => GammaPoisson.Range(Total, Level);

    internal static ArrivalLine Of(ServiceId? service, IEnumerable<double> mean, double spread, double level, ImmutableArray<int> lastWeek)
    {
        // To a hundredth, as they are kept: what is shown later is what was said.
        var (means, rounded, ofDays) = (mean.Select(value => Math.Round(value, 2)).ToImmutableArray(), Math.Round(spread, 4), Math.Round(level, 4));
        var ranges = means.Select(value => GammaPoisson.Range(value, rounded)).ToList();
        return new(service, means, [.. ranges.Select(range => range.Low)], [.. ranges.Select(range => range.High)], rounded, ofDays, lastWeek);
    }
}
