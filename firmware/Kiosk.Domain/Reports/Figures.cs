using System.Globalization;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Reports;

/// <summary>The figures of a day, or of several days put together.</summary>
/// <param name="Wait">Issue, or the beginning of a further stage, to the first call of that stage.</param>
/// <param name="Service">Begun to finished.</param>
/// <param name="Services">Tickets count for the service they were issued for, times for the service of their stage.</param>
/// <param name="HalfHours">Those in which something happened, in order.</param>
/// <param name="Counters">Those that were open.</param>
/// <param name="Rules">What decided each call.</param>
/// <param name="Devices">Those that had a fault.</param>
/// <param name="Promises">Null: nobody was told anything about the wait. Like those of the services, missing in reports of before it was.</param>
public sealed record Figures(
    Flow Flow,
    Times Wait,
    Times Service,
    Satisfaction Satisfaction,
    IReadOnlyList<ServiceFigures> Services,
    IReadOnlyList<HalfHourFigures> HalfHours,
    IReadOnlyList<CounterFigures> Counters,
    IReadOnlyList<ClerkFigures> Clerks,
    IReadOnlyList<ClassFigures> Classes,
    IReadOnlyList<RuleFigures> Rules,
    IReadOnlyList<DeviceFigures> Devices,
    PromiseFigures? Promises = null)
{
    /// <summary>Issued = served + no-show + cancelled + abandoned + still open: as a whole, for each service, each half hour and each service in a half hour; and the parts make the whole.</summary>
    [JsonIgnore]
    public bool AddsUp => Flow.AddsUp
        && Services.All(service => service.Flow.AddsUp && service.Flow == Flow.Sum(HalfHours.SelectMany(half => half.Services).Where(cell => cell.Id == service.Id).Select(cell => cell.Flow)))
        && HalfHours.All(half => half.Flow.AddsUp && half.Services.All(cell => cell.Flow.AddsUp) && half.Flow == Flow.Sum(half.Services.Select(cell => cell.Flow)))
        && Flow == Flow.Sum(Services.Select(service => service.Flow))
        && Flow == Flow.Sum(HalfHours.Select(half => half.Flow));
}

/// <param name="Target">Waiting time that the hall promises, in seconds; null where the profile no longer has the service.</param>
/// <param name="Promises">What its customers were told; null: nothing.</param>
public sealed record ServiceFigures(string Id, int? Target, Flow Flow, Times Wait, Times Service, Satisfaction Satisfaction, PromiseFigures? Promises = null);

/// <param name="Minute">See <see cref="HalfHour.Minute"/>.</param>
/// <param name="Offset">See <see cref="HalfHour.Offset"/>; null where several days are put together.</param>
/// <param name="Flow">Of the tickets issued in this half hour.</param>
/// <param name="Called">Calls made in this half hour, recalls not counted.</param>
/// <param name="Finished">Services finished in this half hour.</param>
/// <param name="MostWaiting">The most people in line at any moment of it.</param>
/// <param name="Wait">Of those who began to wait in this half hour.</param>
public sealed record HalfHourFigures(int Minute, int? Offset, Flow Flow, int Called, int Finished, int MostWaiting, Times Wait, IReadOnlyList<ServiceFlow> Services)
{
    /// <summary><c>08:30</c>.</summary>
    public string From => string.Create(CultureInfo.InvariantCulture, $"{(((Minute / 60) % 24) + 24) % 24:00}:{((Minute % 60) + 60) % 60:00}");
}

public sealed record ServiceFlow(string Id, Flow Flow);

/// <summary>All times in seconds.</summary>
/// <param name="Open">From opening to closing.</param>
/// <param name="Paused">Of that: paused, with nobody at the counter.</param>
/// <param name="Serving">With a customer, also where the service was not finished here.</param>
/// <param name="Served">Services finished here; a ticket may be served at several counters.</param>
/// <param name="ServiceTime">Of the finished services together.</param>
public sealed record CounterFigures(int Counter, long Open, long Paused, long Serving, int Calls, int Served, int NoShow, long ServiceTime, Satisfaction Satisfaction)
{
    /// <summary>Part of the time in which it could serve that it served (台席利用率), 0 to 1; null where it was never open.</summary>
    public double? Utilisation => Share.Of(Serving, Open - Paused);
}

/// <param name="Available">Seconds at an open counter that was not paused.</param>
public sealed record ClerkFigures(string Clerk, long Available, long Serving, int Calls, int Served, int NoShow, long ServiceTime, Satisfaction Satisfaction)
{
    /// <summary>Null where nobody was signed in at a counter under that name.</summary>
    public double? Utilisation => Share.Of(Serving, Available);
}

/// <param name="Class">As it was last; null: no priority.</param>
public sealed record ClassFigures(PriorityClass? Class, int Issued, Times Wait);

/// <param name="Rule">Null in journals of before the reasons were kept.</param>
public sealed record RuleFigures(CallRule? Rule, int Calls);

/// <param name="By"><c>board</c>: the device said so; <c>staff</c>: somebody wrote it into the equipment register.</param>
/// <param name="Down">Seconds of the business day.</param>
public sealed record DeviceFigures(string Id, string By, int Faults, long Down)
{
    public const string Board = "board", Staff = "staff";
}

public sealed record Satisfaction(int Satisfied, int Neutral, int Dissatisfied)
{
    public static Satisfaction None { get; } = new(0, 0, 0);

    [JsonIgnore]
    public int Count => Satisfied + Neutral + Dissatisfied;

    public static Satisfaction Sum(IEnumerable<Satisfaction> all) =>
        all.Aggregate(None, (a, b) => new(a.Satisfied + b.Satisfied, a.Neutral + b.Neutral, a.Dissatisfied + b.Dissatisfied));
}

/// <summary>A part of a whole, 0 to 1, to four digits.</summary>
public static class Share
{
    /// <returns>Null where there is no whole.</returns>
    public static double? Of(long part, long whole) => whole > 0 ? Math.Round(Math.Min(1, (double)part / whole), 4) : null;
}
