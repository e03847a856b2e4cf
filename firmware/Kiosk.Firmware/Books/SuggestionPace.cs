using System.Net;

namespace Kiosk.Firmware.Books;

/// <summary>How many suggestions one address may send: five a minute.</summary>
internal sealed class SuggestionPace(TimeProvider time)
{
    public const int Most = 5;

    private const int AddressLimit = 1000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _sent = new(StringComparer.Ordinal);

    /// <summary>Counts one more; false where that is too many.</summary>
    public bool Allows(IPAddress? address)
    {
        var (name, now) = (address?.ToString() ?? "", time.GetTimestamp());
        lock (_gate)
        {
            foreach (var (other, times) in _sent.ToList())
            {
                while (times.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Within) times.Dequeue();
                if (times.Count == 0) _sent.Remove(other);
            }

            if (!_sent.TryGetValue(name, out var mine))
            {
                // So many at once are no customers of one hall.
                if (_sent.Count >= AddressLimit) return false;
                _sent.Add(name, mine = new());
            }

            if (mine.Count >= Most) return false;
            mine.Enqueue(now);
            return true;
        }
    }
}
