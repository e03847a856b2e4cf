using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>What the page about waiting times that were told shows.</summary>
/// <param name="Service">The one that is looked at; null: all together.</param>
/// <param name="Days">Days on which something was told, in order.</param>
/// <param name="Chosen">The day that is looked at number by number; null where there is none.</param>
/// <param name="Outcomes">Of that day and service, in the order of issue; null: its events are not in the journal any more.</param>
/// <param name="Missing">Services of which too little is known, and how many waits are still to be learned from before any is told.</param>
/// <param name="Reader">Who looks at it; null: nobody is signed in.</param>
public sealed record PromisesView(
    HallProfile Profile,
    ServiceId? Service,
    IReadOnlyList<PromiseDay> Days,
    PromiseDay? Chosen,
    IReadOnlyList<PromiseOutcome>? Outcomes,
    IReadOnlyList<(string Service, int Waits)> Missing,
    SignedIn? Reader)
{
    public string ServiceName(string id, string language) => Profile.Service(new(id))?.Name.In(language) ?? id;

    /// <summary>Address of the same page with another choice.</summary>
    public static string Address(ServiceId? service, DateOnly? day) =>
        "/manager/waits" + ((service, day) switch
        {
            ({ } s, { } d) => $"?service={s}&day={d:yyyy-MM-dd}",
            ({ } s, null) => $"?service={s}",
            (null, { } d) => $"?day={d:yyyy-MM-dd}",
            _ => "",
        });
}

/// <param name="Running">The day is not closed: the figures are those so far.</param>
/// <param name="Told">Of the service that is looked at, or of all.</param>
/// <param name="Services">Of all services of which something was told, in the order of the report.</param>
public sealed record PromiseDay(DateOnly Day, bool Running, PromiseFigures Told, IReadOnlyList<(string Service, PromiseFigures Told)> Services);
