using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Hall;

/// <summary>How facts about slips change the hall. Slips that are on paper, or replaced, or in doubt live on in their ticket only.</summary>
internal static class SlipFold
{
    public static HallState Queue(HallState hall, SlipQueued queued, DateTimeOffset at)
    {
        var slip = new OpenSlip(new(queued.Ticket, queued.Copy), queued.Number, at, hall.NextOrder, SlipPhase.Queued);
        return (hall with { Slips = hall.Slips.SetItem(slip.Id, slip), NextOrder = hall.NextOrder + 1 })
            .Change(queued.Ticket, ticket => ticket with { Slip = SlipPhase.Queued, Copy = queued.Copy });
    }

    public static HallState Mark(HallState hall, SlipId id, SlipPhase phase, string? fault = null)
    {
        var open = phase is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted;
        return (hall with
        {
            Slips = open ? hall.Slips.SetItem(id, hall.Slips[id] with { Phase = phase, Fault = fault }) : hall.Slips.Remove(id),
        }).Change(id.Ticket, ticket => ticket.Copy == id.Copy ? ticket with { Slip = phase } : ticket);
    }
}
