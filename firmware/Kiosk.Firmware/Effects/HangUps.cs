namespace Kiosk.Firmware.Effects;

/// <summary>
/// Brokers that end the connection over a subscription that they do not allow (RabbitMQ): after the second time the hall goes without it,
/// so that its events go out. A later connection tries it again, once.
/// </summary>
internal sealed class HangUps
{
    private const int Enough = 2;

    private readonly Dictionary<string, int> _times = [];

    public bool Spoil(string filter) => _times.GetValueOrDefault(filter) >= Enough;

    /// <summary>The connection went while this filter was subscribed to, which may have another cause.</summary>
    /// <returns>Whether it was once too often.</returns>
    public bool Count(string filter)
    {
        _times[filter] = _times.GetValueOrDefault(filter) + 1;
        return Spoil(filter);
    }

    /// <summary>A connection stands, with or without them.</summary>
    public void Settle()
    {
        foreach (var (filter, times) in _times.ToList())
        {
            if (times >= Enough) _times[filter] = Enough - 1;
            else _times.Remove(filter);
        }
    }
}
