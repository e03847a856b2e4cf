using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Domain.Reports;

/// <summary>What was forecast for the day, and how good that was.</summary>
/// <param name="Forecast">As it was fixed when the day opened.</param>
/// <param name="Scores">One for each of its lines; empty while the day is running.</param>
public sealed record DayOutlook(KeptForecast Forecast, IReadOnlyList<LineScore> Scores)
{
    internal static DayOutlook Of(KeptForecast forecast, IReadOnlyList<HalfHourFigures> halves, bool closed) => new(
        forecast,
        closed ? [.. forecast.Lines.Select(line => new LineScore(line.Service, ForecastScore.Of(line.Mean, line.Low, line.High, line.LastWeek, Came(forecast, halves, line.Service))))] : []);

    /// <summary>Tickets that were issued in each half hour of the forecast.</summary>
    /// <param name="service">Null: all of which something was forecast.</param>
    public static IReadOnlyList<int> Came(KeptForecast forecast, IReadOnlyList<HalfHourFigures> halves, string? service)
    {
        var came = new int[forecast.Halves.Count];
        foreach (var half in halves)
        {
            if (forecast.Place(half.Minute) is >= 0 and var place) came[place] += half.Services.Where(cell => service is null ? forecast.Line(cell.Id) is not null : cell.Id == service).Sum(cell => cell.Flow.Issued);
        }

        return came;
    }
}

/// <param name="Service">Null: all together.</param>
public sealed record LineScore(string? Service, ForecastScore Score);

/// <summary>Counters that could serve in a half hour.</summary>
/// <param name="Seconds">Of all counters together: open and not paused.</param>
public sealed record StaffedHalf(int Minute, int Offset, long Seconds);
