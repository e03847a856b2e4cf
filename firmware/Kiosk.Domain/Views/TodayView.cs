using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Views;

/// <summary>The business day so far, as its manager sees it.</summary>
/// <param name="LongestSince">When the one who waits longest took a number; null when nobody waits.</param>
/// <param name="MeanWait">From issue to first call, of everybody who was called; null before the first call.</param>
/// <param name="Waiters">Numbers of those who wait, longest first, at most <see cref="WaitersShown"/>.</param>
/// <param name="Live">Tickets that have not ended: the day cannot close before they do.</param>
public sealed record TodayView(
    DayPhase Phase,
    DateOnly? Day,
    int Issued,
    int Served,
    int Waiting,
    int NoShows,
    DateTimeOffset? LongestSince,
    TimeSpan? MeanWait,
    int OpenCounters,
    int Live,
    ImmutableArray<TicketNumber> Waiters,
    ImmutableArray<TodayService> Services,
    ImmutableArray<TodayCounter> Counters)
{
    public const int WaitersShown = 30;

    public static TodayView Of(HallState hall, HallProfile profile)
    {
        var tickets = hall.Tickets.Values.ToList();
        var waiting = tickets.Where(ticket => ticket.Phase == TicketPhase.Waiting).OrderBy(ticket => ticket.IssuedAt).ThenBy(ticket => ticket.Order).ToList();
        var byService = tickets.ToLookup(ticket => ticket.Service);
        var byCounter = tickets.Where(ticket => ticket.Phase == TicketPhase.Finished).ToLookup(ticket => ticket.Counter);
        return new(
            hall.Phase,
            hall.Day,
            tickets.Count,
            tickets.Count(ticket => ticket.Phase == TicketPhase.Finished),
            waiting.Count,
            tickets.Count(ticket => ticket.Phase == TicketPhase.NoShow),
            waiting.FirstOrDefault()?.IssuedAt,
            Mean(tickets.Select(Wait)),
            hall.Counters.Values.Count(counter => counter.Phase == CounterPhase.Open),
            hall.Live,
            [.. waiting.Take(WaitersShown).Select(ticket => ticket.Number)],
            [.. profile.Services.Select(service => TodayService.Of(service, [.. byService[service.Id]]))],
            [.. hall.Counters.Values.Select(counter => TodayCounter.Of(hall, counter, [.. byCounter[counter.Id]]))]);
    }

    internal static TimeSpan? Wait(Ticket ticket) => ticket.FirstCalledAt - ticket.IssuedAt;

    internal static TimeSpan? Mean(IEnumerable<TimeSpan?> spans)
    {
        var known = spans.OfType<TimeSpan>().ToList();
        return known.Count == 0 ? null : TimeSpan.FromTicks((long)known.Average(span => span.Ticks));
    }
}

/// <param name="WithinTarget">Called within the target, of those who were called, in percent; null before the first call.</param>
public sealed record TodayService(ServiceProfile Service, int Issued, int Served, int Waiting, int NoShows, DateTimeOffset? LongestSince, TimeSpan? MeanWait, int? WithinTarget)
{
    internal static TodayService Of(ServiceProfile service, IReadOnlyList<Ticket> tickets)
    {
        var waits = tickets.Select(TodayView.Wait).OfType<TimeSpan>().ToList();
        var waiting = tickets.Where(ticket => ticket.Phase == TicketPhase.Waiting).ToList();
        return new(
            service,
            tickets.Count,
            tickets.Count(ticket => ticket.Phase == TicketPhase.Finished),
            waiting.Count,
            tickets.Count(ticket => ticket.Phase == TicketPhase.NoShow),
            waiting.Count == 0 ? null : waiting.Min(ticket => ticket.IssuedAt),
            TodayView.Mean(waits.Select(wait => (TimeSpan?)wait)),
            waits.Count == 0 ? null : 100 * waits.Count(wait => wait <= service.TargetWait) / waits.Count);
    }
}

/// <param name="Number">Called or being served here, or null.</param>
/// <param name="MeanService">From the begin of service, or the call where no begin was marked, to its end; null before the first.</param>
public sealed record TodayCounter(CounterId Id, CounterKind Kind, CounterPhase Phase, string? Clerk, TicketNumber? Number, TicketPhase? State, DateTimeOffset? Since, int Served, TimeSpan? MeanService)
{
    internal static TodayCounter Of(HallState hall, Counter counter, IReadOnlyList<Ticket> finished)
    {
        var here = hall.At(counter);
        return new(
            counter.Id,
            counter.Kind,
            counter.Phase,
            counter.Clerk,
            here?.Number,
            here?.Phase,
            here?.BegunAt ?? here?.CalledAt,
            finished.Count,
            TodayView.Mean(finished.Select(ticket => ticket.EndedAt - (ticket.BegunAt ?? ticket.CalledAt))));
    }
}
