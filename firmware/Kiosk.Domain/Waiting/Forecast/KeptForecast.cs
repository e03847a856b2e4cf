namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>A day's forecast as it is kept for ever: fixed when the day opens, never changed by what comes.</summary>
/// <param name="Mark">What sets the day apart: <c>ordinary</c>, <c>special</c>, <c>beside-special</c>, <c>month-start</c>.</param>
/// <param name="Factor">How many times as many people as on an ordinary day such a day has.</param>
/// <param name="Halves">The half hours in which the hall is open, by the minute from midnight at which they begin. All other lists are in this order.</param>
/// <param name="Open">The part of each in which the hall is open, 0 to 1.</param>
/// <param name="Lines">One for each service that past days know, then one for all together.</param>
/// <param name="Staffing">One for each group of services that share counters.</param>
public sealed record KeptForecast(
    DateOnly Day,
    string Mark,
    double Factor,
    IReadOnlyList<int> Halves,
    IReadOnlyList<double> Open,
    IReadOnlyList<ForecastLine> Lines,
    IReadOnlyList<ForecastStaffing> Staffing)
{
    /// <returns>Null where no past day knew the service.</returns>
    /// <param name="service">Null: all together.</param>
    public ForecastLine? Line(string? service) => Lines.FirstOrDefault(line => line.Service == service);

    /// <summary>Where the half hour of that minute stands in the lists, or -1.</summary>
    public int Place(int minute)
    {
        for (var index = 0; index < Halves.Count; index++)
        {
            if (Halves[index] == minute) return index;
        }

        return -1;
    }

    public static string NameOf(DayMark mark) => mark switch
    {
        DayMark.Special => "special",
        DayMark.BesideSpecial => "beside-special",
        DayMark.MonthStart => "month-start",
        _ => "ordinary",
    };
}

/// <param name="Service">Id; null: all together.</param>
/// <param name="Mean">Arrivals expected.</param>
/// <param name="Low">The count of nine of ten such half hours lies between low and high, both included.</param>
/// <param name="LastWeek">What came on the same weekday a week before, the yardstick; empty where that day is not known.</param>
/// <param name="Spread">How much half hours scatter beyond chance: variance = mean + spread · mean².</param>
/// <param name="Level">The same of whole days.</param>
/// <param name="Takes">Seconds that one customer takes a counter, the walk to it included; null of all together.</param>
public sealed record ForecastLine(
    string? Service,
    IReadOnlyList<double> Mean,
    IReadOnlyList<int> Low,
    IReadOnlyList<int> High,
    IReadOnlyList<int> LastWeek,
    double Spread,
    double Level,
    int? Takes)
{
    internal static ForecastLine Of(ArrivalLine line, int? takes) => new(line.Service?.Value, line.Mean, line.Low, line.High, line.LastWeek, line.Spread, line.Level, takes);
}

/// <param name="Services">Ids of the services that share these counters.</param>
/// <param name="Counters">How many counters there are.</param>
/// <param name="Advised">Open counters that are advised.</param>
/// <param name="Enough">False: all of them together do not keep the target.</param>
/// <param name="Planned">Open counters of the roster, on average over the half hour; null: the roster says nothing of them.</param>
public sealed record ForecastStaffing(IReadOnlyList<string> Services, int Counters, IReadOnlyList<int> Advised, IReadOnlyList<bool> Enough, IReadOnlyList<double>? Planned);
