using System.Collections.Immutable;

namespace Kiosk.Domain.Hall;

/// <summary>A place in a line: who stands there longer is first.</summary>
/// <param name="Since">Issue time, unless the hall's rules gave another place (an early appointment, a no-show that came back).</param>
/// <param name="Order">Among places of the same instant.</param>
public readonly record struct Place(DateTimeOffset Since, long Order, TicketId Ticket) : IComparable<Place>
{
    public int CompareTo(Place other) =>
        Since.CompareTo(other.Since) is var byTime and not 0 ? byTime : Order.CompareTo(other.Order);
}

/// <summary>Who waits for a service or a counter: one queue for each class of priority, so that the first of each is found at once.</summary>
public sealed class Line
{
    private static readonly PriorityClass?[] Classes = [null, .. Enum.GetValues<PriorityClass>().Cast<PriorityClass?>()];

    private readonly ImmutableArray<ImmutableSortedSet<Place>> _queues;

    private Line(ImmutableArray<ImmutableSortedSet<Place>> queues) => _queues = queues;

    public static Line Empty { get; } = new([.. Classes.Select(_ => ImmutableSortedSet<Place>.Empty)]);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var queue in _queues) count += queue.Count;
            return count;
        }
    }

    public bool IsEmpty => Count == 0;

    /// <summary>The first of each class that is not empty.</summary>
    public IEnumerable<(PriorityClass? Class, Place Place)> Heads
    {
        get
        {
            for (var index = 0; index < _queues.Length; index++)
            {
                if (!_queues[index].IsEmpty) yield return (Classes[index], _queues[index].Min);
            }
        }
    }

    /// <summary>Who stands here longest, or null. O(log n).</summary>
    public Place? First
    {
        get
        {
            Place? first = null;
            foreach (var queue in _queues)
            {
                if (!queue.IsEmpty && (first is null || queue.Min.CompareTo(first.Value) < 0)) first = queue.Min;
            }

            return first;
        }
    }

    /// <summary>Everybody, in order of their places. O(n log n): for screens and tests.</summary>
    public IEnumerable<Place> Places => _queues.SelectMany(queue => queue).Order();

    /// <summary>How many stand here longer than that place. O(log n).</summary>
    public int Before(Place place)
    {
        var before = 0;
        foreach (var queue in _queues)
        {
            var index = queue.IndexOf(place);
            before += index >= 0 ? index : ~index;
        }

        return before;
    }

    /// <summary>How many of that class stand here.</summary>
    public int CountOf(PriorityClass? priority) => Queue(priority).Count;

    /// <summary>How many of that class stand here since that moment or longer. O(log n).</summary>
    public int CountOf(PriorityClass? priority, DateTimeOffset since)
    {
        var index = Queue(priority).IndexOf(new(since, long.MaxValue, default));
        return index >= 0 ? index : ~index;
    }

    /// <summary>The place at an index among all, counted from the front; null beyond the end. O(index · log n).</summary>
    public Place? At(int index) => Places.Skip(index).Select(place => (Place?)place).FirstOrDefault();

    public Line Add(Place place, PriorityClass? priority) => With(priority, queue => queue.Add(place));

    public Line Remove(Place place, PriorityClass? priority) => With(priority, queue => queue.Remove(place));

    private Line With(PriorityClass? priority, Func<ImmutableSortedSet<Place>, ImmutableSortedSet<Place>> change)
    {
        var index = Index(priority);
        return new(_queues.SetItem(index, change(_queues[index])));
    }

    private ImmutableSortedSet<Place> Queue(PriorityClass? priority) => _queues[Index(priority)];

    private static int Index(PriorityClass? priority) => priority is { } given ? (int)given + 1 : 0;
}
