using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Views;

/// <summary>What the customer may know of a ticket.</summary>
/// <param name="Ahead">People in front in its line; null when it does not wait.</param>
public sealed record TicketView(Ticket Ticket, int? Ahead)
{
    /// <summary>What its customer was told of the wait, as long as that stands; null: nothing.</summary>
    public WaitRange? Told { get; init; }

    public static TicketView? Of(HallState hall, TicketId id)
    {
        if (!hall.Tickets.TryGetValue(id, out var ticket)) return null;
        if (ticket.Phase != TicketPhase.Waiting) return new(ticket, null);

        return new(ticket, hall.LineOf(ticket).Before(ticket.Place)) { Told = ToldWait.Of(hall, ticket) };
    }
}
