namespace Kiosk.Firmware.Engine;

/// <summary>
/// The hall's clock: the system's, but it never runs back and never stops. When the system clock is set back it goes on by the processor's own
/// count from where it was, so that nobody's wait shrinks; it takes the system clock again as soon as that has caught up, or the day is closed.
/// </summary>
/// <param name="first">Of the last event of the journal: a board without a clock chip starts in the past.</param>
internal sealed class HallTime(TimeProvider system, DateTimeOffset first) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _last = first;
    private long _seen = system.GetTimestamp();

    /// <summary>What the system clock says, right or wrong.</summary>
    public DateTimeOffset SystemNow => system.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var (wall, count) = (system.GetUtcNow(), system.GetTimestamp());
            var steady = _last + system.GetElapsedTime(_seen, count);
            _seen = count;

            // The two clocks differ by a hair at all times: the system's own corrections are followed, a jump back is not.
            _last = wall >= steady - TimeSpan.FromMilliseconds(50) && wall > _last ? wall : steady;
            return _last;
        }
    }

    /// <summary>Takes the system clock as it is. The engine still lets no event be earlier than the one before.</summary>
    public void TakeSystemTime()
    {
        lock (_gate) (_last, _seen) = (system.GetUtcNow(), system.GetTimestamp());
    }

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => system.CreateTimer(callback, state, dueTime, period);
}
