using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Routing;

/// <summary>Which ticket a counter gets next. Classes of priority and the reason of a choice will grow here.</summary>
public static class Router
{
    /// <summary>The ticket issued first among the lines of the services that the counter offers and its own line; null when nobody waits. O(offers · log n).</summary>
    public static TicketId? Next(HallState hall, Counter counter)
    {
        Place? first = null;
        foreach (var line in Lines(hall, counter))
        {
            if (!line.IsEmpty && (first is null || line.Min.CompareTo(first.Value) < 0)) first = line.Min;
        }

        return first?.Ticket;
    }

    private static IEnumerable<System.Collections.Immutable.ImmutableSortedSet<Place>> Lines(HallState hall, Counter counter) =>
        counter.Offers.Select(service => hall.Services[service].Line).Prepend(counter.Line);
}
