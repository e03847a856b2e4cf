using System.Globalization;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Waiting.Forecast;

namespace Kiosk.Ui.Screens.Forecast;

/// <summary>What the forecast page shows.</summary>
/// <param name="Sheet">Of the chosen day.</param>
/// <param name="Service">Id of the chosen service; null: the whole hall.</param>
/// <param name="Today">The business day, by the hall's clock.</param>
/// <param name="Days">Days that can be chosen, in order.</param>
/// <param name="Scores">Past days with a score of the whole hall, the latest first.</param>
/// <param name="Now">When the page was made, by the hall's clock.</param>
/// <param name="Reader">Who looks at it; null: nobody is signed in.</param>
public sealed record ForecastView(
    HallProfile Profile,
    OutlookSheet Sheet,
    string? Service,
    DateOnly Today,
    IReadOnlyList<DateOnly> Days,
    IReadOnlyList<(DateOnly Day, ForecastScore Score)> Scores,
    DateTimeOffset Now,
    SignedIn? Reader)
{
    public OutlookLine? Line => Sheet.Line(Service);

    public string ServiceName(string id, string language) => Profile.Service(new(id))?.Name.In(language) ?? id;

    /// <summary>The same service on another day.</summary>
    public string Address(DateOnly day) => Address(day, Service);

    public static string Address(DateOnly day, string? service) => $"/manager/forecast/{Name(day)}{(service is null ? "" : "?service=" + service)}";

    public string Csv => $"/api/v1/forecast/{Name(Sheet.Day)}?format=csv";

    public DateOnly? Before => Days.Where(day => day < Sheet.Day).Select(day => (DateOnly?)day).LastOrDefault();

    public DateOnly? Behind => Days.Where(day => day > Sheet.Day).Select(day => (DateOnly?)day).FirstOrDefault();

    public static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
