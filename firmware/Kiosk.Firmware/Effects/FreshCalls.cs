using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Effects;

/// <summary>Finds the calls and recalls that are new since the last look. The first look finds none: what was called before a restart, or before a device was opened, is not news.</summary>
internal sealed class FreshCalls(HallState before)
{
    private Dictionary<CounterId, (TicketId Ticket, int Calls)> _seen = CalledIn(before).ToDictionary(ticket => ticket.Counter!.Value, ticket => (ticket.Id, ticket.Calls));

    /// <returns>In the order in which they were called.</returns>
    public IReadOnlyList<Ticket> Since(HallState hall)
    {
        var called = CalledIn(hall).ToList();
        var fresh = called.Where(ticket => _seen.GetValueOrDefault(ticket.Counter!.Value) != (ticket.Id, ticket.Calls)).OrderBy(ticket => ticket.CalledAt).ToList();
        _seen = called.ToDictionary(ticket => ticket.Counter!.Value, ticket => (ticket.Id, ticket.Calls));
        return fresh;
    }

    private static IEnumerable<Ticket> CalledIn(HallState hall) =>
        hall.Counters.Values.Select(hall.At).OfType<Ticket>().Where(ticket => ticket.Phase == TicketPhase.Called);
}
