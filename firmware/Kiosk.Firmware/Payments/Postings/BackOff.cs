namespace Kiosk.Firmware.Payments.Postings;

/// <summary>How long to wait before asking again: longer each time, never longer than a minute, never two terminals at once.</summary>
internal sealed class BackOff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1), Last = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <summary>Half of it is chance.</summary>
    public TimeSpan Next()
    {
        var now = _next;
        _next = _next * 2 < Last ? _next * 2 : Last;
        return now * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    public void Reset() => _next = First;
}
