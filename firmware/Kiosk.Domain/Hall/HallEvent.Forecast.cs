using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Domain.Hall;

/// <summary>Facts about what was expected.</summary>
public abstract partial record HallEvent
{
    /// <summary>What is expected of the day that has opened, fixed so that it can be scored when the day is over.</summary>
    public sealed record ArrivalsForecast(KeptForecast Forecast) : Note;
}
