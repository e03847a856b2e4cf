using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Views;

/// <summary>What the customer may know of a ticket.</summary>
/// <param name="Ahead">People in front in its line; null when it does not wait.</param>
public sealed record TicketView(Ticket Ticket, int? Ahead)
{
    public static TicketView? Of(HallState hall, TicketId id)
    {
        if (!hall.Tickets.TryGetValue(id, out var ticket)) return null;
        if (ticket.Phase != TicketPhase.Waiting) return new(ticket, null);

        var line = ticket.OnlyAt is { } counter ? hall.Counters[counter].Line : hall.Services[ticket.Service].Line;
        return new(ticket, line.IndexOf(new Place(ticket.IssuedAt, ticket.Order, id)));
    }
}
