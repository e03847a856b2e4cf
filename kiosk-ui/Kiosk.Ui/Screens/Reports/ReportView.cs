using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;

namespace Kiosk.Ui.Screens.Reports;

/// <summary>What the report page shows.</summary>
/// <param name="Figures">Null: none of these days has a report.</param>
/// <param name="Running">The latest day is not closed: the figures are those so far.</param>
/// <param name="Days">Of a week or month, one line each; of a day, that day.</param>
/// <param name="Before">A week earlier, for a day; else the period before. Null where there is none.</param>
/// <param name="Known">Every day with a report, in order.</param>
/// <param name="Now">When the page was made, by the hall's clock.</param>
/// <param name="Reader">Who looks at it; null: nobody is signed in.</param>
public sealed record ReportView(
    HallProfile Profile,
    Period Period,
    Figures? Figures,
    bool Running,
    IReadOnlyList<DayRow> Days,
    (Period Period, Figures Figures)? Before,
    IReadOnlyList<DateOnly> Known,
    DateTimeOffset Now,
    SignedIn? Reader)
{
    public string ServiceName(string id, string language) => Profile.Service(new(id))?.Name.In(language) ?? id;
}
