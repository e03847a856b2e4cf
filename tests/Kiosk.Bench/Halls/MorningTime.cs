using Kiosk.Domain.Site;

namespace Kiosk.Bench.Halls;

/// <summary>The system's time, put to ten in the morning of an ordinary Tuesday in the hall: no day ends while it is measured, whenever the bench is run.</summary>
internal sealed class MorningTime : TimeProvider
{
    private static readonly DateTime Ten = new(2026, 1, 6, 10, 0, 0, DateTimeKind.Unspecified);

    private readonly TimeSpan _ahead;

    public MorningTime(HallProfile hall) => _ahead = new DateTimeOffset(Ten, hall.TimeZone.GetUtcOffset(Ten)) - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
