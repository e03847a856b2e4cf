using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting;

/// <summary>What a customer was told, in the words they were told it.</summary>
public static class ToldWait
{
    /// <summary>As long as it still stands: the ticket waits for its first call, in the line it was issued for. Null where nothing was told, too.</summary>
    public static WaitRange? Of(HallState hall, Ticket ticket) =>
        ticket is { Phase: TicketPhase.Waiting, FirstCalledAt: null, OnlyAt: null, Promise: { } promise } && hall.Site.Service(ticket.Service)?.Letter == ticket.Number.Letter
            ? WaitRange.Of(promise)
            : null;
}
