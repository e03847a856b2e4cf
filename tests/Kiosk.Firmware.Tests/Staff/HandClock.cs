namespace Kiosk.Firmware.Tests.Staff;

/// <summary>A clock that a test sets. Timers run on real time: what they do is called by the tests themselves.</summary>
internal sealed class HandClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
