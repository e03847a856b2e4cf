namespace Kiosk.Ui.Tests.Support;

/// <summary>The system's clock, put forward by the test: a page goes on living, and waits for nothing.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _ahead;

    public void Forward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
