using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Views;

/// <summary>Something in the hall that somebody should look after now.</summary>
public abstract record GuideAlarm
{
    private GuideAlarm() { }

    /// <summary>A VIP has waited as long as the hall's rules allow.</summary>
    public sealed record VipWaits(Ticket Ticket) : GuideAlarm;

    /// <summary>The longest waiter of a service is beyond what the service promises.</summary>
    public sealed record OverTarget(Ticket Ticket, Texts Service, TimeSpan Target) : GuideAlarm;

    /// <summary>People wait for a service that no open counter offers.</summary>
    public sealed record NobodyServes(Texts Service, int Waiting) : GuideAlarm;

    /// <summary>Customers whose number is not on paper.</summary>
    /// <param name="Numbers">The first of them.</param>
    public sealed record SlipsMissing(ImmutableArray<TicketNumber> Numbers, int Count) : GuideAlarm;

    /// <summary>No more numbers; who waits is still served.</summary>
    /// <param name="Left">People who have not been served yet.</param>
    public sealed record Closing(int Left) : GuideAlarm;

    public sealed record Closed : GuideAlarm;

    internal static IEnumerable<GuideAlarm> Of(HallState hall, HallProfile profile, DateTimeOffset at)
    {
        if (hall.Phase == DayPhase.Closed) return [new Closed()];

        return Vips(hall, at).Concat<GuideAlarm>(Services(hall, profile, at)).Concat(Slips(hall, at)).Concat(hall.Phase == DayPhase.Closing ? [new Closing(hall.Live)] : Array.Empty<GuideAlarm>());
    }

    private static IEnumerable<VipWaits> Vips(HallState hall, DateTimeOffset at) => hall.Tickets.Values
        .Where(ticket => ticket.Phase == TicketPhase.Waiting && at - ticket.StandsSince >= hall.Rules.VipAlarm && hall.IsVip(ticket))
        .OrderBy(ticket => ticket.StandsSince)
        .Select(ticket => new VipWaits(ticket));

    private static IEnumerable<GuideAlarm> Services(HallState hall, HallProfile profile, DateTimeOffset at)
    {
        var services = profile.Services.Select(service => GuideService.Of(hall, service, at)).Where(service => service.Waiting > 0).ToList();
        foreach (var service in services.Where(service => service.OpenCounters.IsEmpty)) yield return new NobodyServes(service.Name, service.Waiting);
        foreach (var late in services.Where(service => service.Share > 1).OrderByDescending(service => service.Share)) yield return new OverTarget(late.Longest!, late.Name, late.Target);
    }

    private static IEnumerable<SlipsMissing> Slips(HallState hall, DateTimeOffset at)
    {
        var missing = hall.Tickets.Values.Where(ticket => ticket.Live && Missing(hall, ticket, at)).OrderBy(ticket => ticket.Order).ToList();
        if (missing.Count > 0) yield return new([.. missing.Take(GuideScreen.SlipsNamed).Select(ticket => ticket.Number)], missing.Count);
    }

    private static bool Missing(HallState hall, Ticket ticket, DateTimeOffset at) => ticket.Slip switch
    {
        SlipPhase.InDoubt or SlipPhase.Halted => true,
        SlipPhase.Queued => hall.Slips.TryGetValue(new(ticket.Id, ticket.Copy), out var slip) && at - slip.QueuedAt >= GuideScreen.PaperPatience,
        _ => false,
    };
}
