using System.Collections.Concurrent;

namespace Kiosk.DemoBiller;

/// <summary>How the server behaves now, and how often each posting came.</summary>
internal sealed class Mood
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, int> _deliveries = new(StringComparer.Ordinal);
    private Behaviour _now = Behaviour.Good;
    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    public Behaviour Now
    {
        get
        {
            lock (_gate) return _now;
        }

        set
        {
            lock (_gate) _now = value;
        }
    }

    /// <summary>For one request; a behaviour that was set for so many requests ends by itself.</summary>
    public Behaviour For(string biller, Route route)
    {
        Interlocked.Increment(ref _requests);
        lock (_gate)
        {
            var now = _now;
            if (!now.Fits(biller, route)) return Behaviour.Good;
            if (now.Times is { } times) _now = times > 1 ? now with { Times = times - 1 } : Behaviour.Good;
            return now;
        }
    }

    public void Delivered(string key) => _deliveries.AddOrUpdate(key, 1, (_, before) => before + 1);

    public int Deliveries(string key) => _deliveries.GetValueOrDefault(key);
}
