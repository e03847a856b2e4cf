using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Engine;

public sealed class DayKeeperTests
{
    private static readonly HallRules Automatic = new(DayOpening.Automatic, TimeSpan.FromMinutes(15), new(4, 0));
    private static readonly DateOnly Monday = new(2026, 1, 5);

    private static readonly HallState New = HallState.For(RunningHall.Profile(), printing: false);

    [Fact]
    public void New_hall_opens_today() =>
        Assert.Equal(new HallCommand.OpenDay(Monday), DayKeeper.Due(New, Automatic, At(5, 9)));

    [Fact]
    public void Day_that_was_closed_stays_closed_until_the_date_changes()
    {
        var closed = Fold(new HallEvent.DayOpened(Monday), new HallEvent.DayClosed(Monday));

        Assert.Null(DayKeeper.Due(closed, Automatic, At(5, 23)));
        Assert.Equal(new HallCommand.OpenDay(Monday.AddDays(1)), DayKeeper.Due(closed, Automatic, At(6, 0)));
    }

    [Fact]
    public void Clock_that_starts_in_the_past_changes_no_day() =>
        Assert.Null(DayKeeper.Due(Fold(new HallEvent.DayOpened(Monday), new HallEvent.DayClosed(Monday)), Automatic, new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Customers_who_are_still_there_at_midnight_are_served_until_the_rollover()
    {
        var late = Fold(new HallEvent.DayOpened(Monday), new HallEvent.TicketIssued(new("t"), new('A', 1), new("pay"), "en", 0));

        Assert.Null(DayKeeper.Due(late, Automatic, At(6, 3)));
        Assert.Equal(new HallCommand.CloseDay(Force: true), DayKeeper.Due(late, Automatic, At(6, 4)));
        Assert.Equal(new HallCommand.CloseDay(Force: true), DayKeeper.Due(Fold(new HallEvent.DayOpened(Monday)), Automatic, At(6, 0)));
    }

    [Fact]
    public void Hall_whose_days_people_open_is_left_alone_but_a_forgotten_day_is_closed_at_the_rollover()
    {
        var manual = Automatic with { Opening = DayOpening.Manual };
        var forgotten = Fold(new HallEvent.DayOpened(Monday));

        Assert.Null(DayKeeper.Due(New, manual, At(5, 9)));
        Assert.Null(DayKeeper.Due(forgotten, manual, At(6, 3)));
        Assert.Equal(new HallCommand.CloseDay(Force: true), DayKeeper.Due(forgotten, manual, At(6, 4)));
    }

    private static HallState Fold(params HallEvent[] facts) => facts.Aggregate(New, (hall, fact) => HallDecider.Evolve(hall, fact, At(5, 9)));

    private static DateTimeOffset At(int day, int hour) => new(2026, 1, day, hour, 0, 0, TimeSpan.FromHours(8));
}
