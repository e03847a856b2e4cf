using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>The hall's clock against a system clock that somebody sets.</summary>
public sealed class HallTimeTests
{
    private static readonly DateTimeOffset Nine = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly SetClock _system = new(Nine);

    [Fact]
    public void Follows_the_system_clock()
    {
        var hall = new HallTime(_system, DateTimeOffset.UnixEpoch);

        Assert.Equal(Nine, hall.GetUtcNow());
        _system.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(Nine.AddMinutes(5), hall.GetUtcNow());
    }

    [Fact]
    public void Clock_set_back_an_hour_shortens_no_wait_and_is_taken_again_when_it_has_caught_up()
    {
        var hall = new HallTime(_system, DateTimeOffset.UnixEpoch);
        var issued = hall.GetUtcNow();
        _system.Set(Nine.AddHours(-1));
        _system.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.FromMinutes(10), hall.GetUtcNow() - issued);

        _system.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(15), hall.GetUtcNow() - issued);
        _system.Set(Nine.AddMinutes(30));
        Assert.Equal(Nine.AddMinutes(30), hall.GetUtcNow());
    }

    [Fact]
    public void Board_without_a_clock_chip_goes_on_from_the_last_event()
    {
        _system.Set(DateTimeOffset.UnixEpoch);
        var hall = new HallTime(_system, Nine);
        _system.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(Nine.AddSeconds(30), hall.GetUtcNow());

        // The network has come up.
        _system.Set(Nine.AddMinutes(3));
        Assert.Equal(Nine.AddMinutes(3), hall.GetUtcNow());
    }

    [Fact]
    public void Clock_that_was_set_back_is_taken_as_it_is_between_two_days()
    {
        var hall = new HallTime(_system, DateTimeOffset.UnixEpoch);
        hall.GetUtcNow();
        _system.Set(Nine.AddHours(-1));
        hall.TakeSystemTime();

        Assert.Equal(Nine.AddHours(-1), hall.GetUtcNow());
    }

    /// <summary>A wall clock that can be set, and a count that only goes on.</summary>
    private sealed class SetClock(DateTimeOffset at) : TimeProvider
    {
        private long _count = 1_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Set(DateTimeOffset to) => at = to;

        public void Pass(TimeSpan span) => (at, _count) = (at + span, _count + span.Ticks);

        public override DateTimeOffset GetUtcNow() => at;

        public override long GetTimestamp() => _count;
    }
}
