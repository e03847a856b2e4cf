using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Views;

/// <summary>What the floor guide sees of the hall. Devices and the host's own troubles are added by the host.</summary>
/// <param name="Alarms">Most pressing first.</param>
/// <param name="Waiting">Who waits, longest first, at most <see cref="WaitingShown"/>; those of one service where the guide asked for one.</param>
/// <param name="WaitingInAll">How many wait, shown or not.</param>
/// <param name="Aside">Held, and no-shows that may still come back, latest first, at most <see cref="AsideShown"/>.</param>
/// <param name="Chosen">The ticket that the guide is busy with, or null.</param>
public sealed record GuideScreen(
    DayPhase Day,
    ImmutableArray<GuideAlarm> Alarms,
    ImmutableArray<GuideService> Services,
    ImmutableArray<GuideCounter> Counters,
    ImmutableArray<GuideTicket> Waiting,
    int WaitingInAll,
    ImmutableArray<Ticket> Aside,
    GuideTicket? Chosen)
{
    public const int WaitingShown = 60, AsideShown = 20, SlipsNamed = 6;

    /// <summary>A printer that works needs no more; a slip that waits longer is worth a look.</summary>
    public static readonly TimeSpan PaperPatience = TimeSpan.FromSeconds(15);

    /// <param name="only">Null: all services.</param>
    public static GuideScreen Of(HallState hall, HallProfile profile, ServiceId? only, TicketId? chosen, DateTimeOffset at)
    {
        var waiting = Line(hall, only).Take(WaitingShown).Select(place => GuideTicket.Of(hall, hall.Tickets[place.Ticket], at)).ToImmutableArray();
        return new(
            hall.Phase,
            [.. GuideAlarm.Of(hall, profile, at)],
            [.. profile.Services.Select(service => GuideService.Of(hall, service, at))],
            [.. hall.Counters.Values.Select(counter => GuideCounter.Of(hall, counter))],
            waiting,
            only is null ? hall.Waiting : Line(hall, only).Count(),
            [.. hall.Tickets.Values.Where(ticket => ticket.Phase is TicketPhase.Held or TicketPhase.NoShow).OrderByDescending(ticket => ticket.EndedAt)
                .Where(ticket => HallDecider.Decide(hall, new HallCommand.ResumeTicket(ticket.Id), at).Rejection is null).Take(AsideShown)],
            chosen is { } id && hall.Tickets.TryGetValue(id, out var ticket) ? GuideTicket.Of(hall, ticket, at) : null);
    }

    // The longest of all stand among the longest of each line.
    private static IEnumerable<Place> Line(HallState hall, ServiceId? only) => hall.Services.Values
        .Where(service => only is null || service.Id == only)
        .SelectMany(service => service.Line.Places)
        .Concat(hall.Counters.Values.SelectMany(counter => counter.Line.Places).Where(place => only is null || hall.Tickets[place.Ticket].Service == only))
        .Order();
}

/// <param name="Position">1 for the first in its line; null when it does not wait.</param>
/// <param name="Late">It waits longer than its service promises.</param>
public sealed record GuideTicket(Ticket Ticket, int? Position, bool Late)
{
    public static GuideTicket Of(HallState hall, Ticket ticket, DateTimeOffset at) => ticket.Phase == TicketPhase.Waiting
        ? new(ticket, hall.LineOf(ticket).Before(ticket.Place) + 1, at - ticket.StandsSince > hall.Site.Service(ticket.Service)?.TargetWait)
        : new(ticket, null, false);
}

/// <param name="Waiting">People who wait for the service, also those who wait for one counter only.</param>
/// <param name="Longest">Who waits longest, or null.</param>
/// <param name="Share">Its wait as a part of the target: above 1 it is late.</param>
public sealed record GuideService(ServiceId Id, char Letter, Texts Name, TimeSpan Target, int Waiting, Ticket? Longest, double Share, int Issued, ImmutableArray<CounterId> OpenCounters)
{
    /// <summary>From this part of the target on the guide is told that it becomes tight.</summary>
    public const double Tight = 0.75;

    public static GuideService Of(HallState hall, ServiceProfile profile, DateTimeOffset at)
    {
        var service = hall.Services[profile.Id];
        var sent = hall.Counters.Values.SelectMany(counter => counter.Line.Places).Select(place => hall.Tickets[place.Ticket]).Where(ticket => ticket.Service == profile.Id).ToList();
        var first = service.Line.First is { } place ? hall.Tickets[place.Ticket] : null;
        var longest = sent.Prepend(first).OfType<Ticket>().MinBy(ticket => ticket.StandsSince);
        return new(
            profile.Id,
            profile.Letter,
            profile.Name,
            profile.TargetWait,
            service.Line.Count + sent.Count,
            longest,
            longest is null || longest.StandsSince > at ? 0 : (at - longest.StandsSince) / profile.TargetWait,
            service.Issued,
            [.. hall.Counters.Values.Where(counter => counter.Phase == CounterPhase.Open && counter.Offers.Contains(profile.Id)).Select(counter => counter.Id)]);
    }
}

/// <param name="Since">When the customer was called or service began; without a customer, when the counter became free.</param>
public sealed record GuideCounter(CounterId Id, CounterKind Kind, CounterPhase Phase, string? Clerk, Ticket? Ticket, DateTimeOffset? Since)
{
    public static GuideCounter Of(HallState hall, Counter counter)
    {
        var ticket = hall.At(counter);
        var free = counter.Phase == CounterPhase.Open && counter.FreeSince != default ? counter.FreeSince : (DateTimeOffset?)null;
        return new(counter.Id, counter.Kind, counter.Phase, counter.Clerk, ticket, ticket is null ? free : ticket.BegunAt ?? ticket.CalledAt);
    }
}
