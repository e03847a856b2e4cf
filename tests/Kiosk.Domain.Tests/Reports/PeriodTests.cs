using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Domain.Tests.Reports;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("day", "2026-01-05", "2026-01-05", "2026-01-05", "2026-01-06")]
    [InlineData("week", "2026-W01", "2025-12-29", "2026-01-04", "2026-W02")]
    [InlineData("week", "2026-W53", "2026-12-28", "2027-01-03", "2027-W01")]
    [InlineData("month", "2024-02", "2024-02-01", "2024-02-29", "2024-03")]
    [InlineData("month", "2025-12", "2025-12-01", "2025-12-31", "2026-01")]
    public void Weeks_run_from_monday_to_sunday_and_neighbours_follow_on(string kind, string name, string from, string until, string next)
    {
        var period = Period.Parse(kind, name)!;

        Assert.Equal((name, from, until, next), (period.Name, $"{period.From:yyyy-MM-dd}", $"{period.Until:yyyy-MM-dd}", period.Next.Name));
        Assert.Equal(period, period.Next.Previous);
        Assert.Equal(period, Period.Containing(kind, period.Until));
    }

    [Theory]
    [InlineData("day", "2026-02-30")]
    [InlineData("day", "0001-01-01")]
    [InlineData("week", "2025-W53")]
    [InlineData("week", "2026-W00")]
    [InlineData("week", "2026-1")]
    [InlineData("month", "2026-13")]
    [InlineData("month", "9999-12")]
    [InlineData("year", "2026")]
    public void What_is_no_period_is_refused(string kind, string name) => Assert.Null(Period.Parse(kind, name));

    [Fact]
    public void Week_is_the_sum_of_its_days_and_still_adds_up()
    {
        var days = Enumerable.Range(0, 3).Select(n => Day(Halls.Today.AddDays(n), n + 1)).ToList();

        var week = PeriodReport.Of(Period.Parse("week", "2026-W02")!, days);

        Assert.True(week.Figures.AddsUp);
        Assert.Equal((6, 3, 3), (week.Figures.Flow.Issued, week.Figures.Flow.Served, week.Figures.Flow.Abandoned));
        Assert.Equal(days.Select(day => day.Figures.Flow), week.Days.Select(day => day.Flow));
        Assert.Equal([(540, null, 6), (600, (int?)null, 0)], week.Figures.HalfHours.Select(half => (half.Minute, half.Offset, half.Flow.Issued)));
        Assert.Equal(3 * 3600, Assert.Single(week.Figures.Counters).Open);
    }

    [Fact]
    public void Week_without_a_day_is_empty_and_adds_up()
    {
        var week = PeriodReport.Of(Period.Parse("week", "2026-W02")!, []);

        Assert.Equal(Flow.None, week.Figures.Flow);
        Assert.True(week.Figures.AddsUp);
    }

    private static DayReport Day(DateOnly day, int tickets)
    {
        var hall = new Tallies().At("09:00").Wait(TimeSpan.FromDays(day.DayNumber - Halls.Today.DayNumber)).Must(new OpenDay(day));
        for (var n = 0; n < tickets; n++) hall.Take($"t{n}", Halls.Pay);
        hall.Must(new CallNext(new(1), SitDown: true)).Wait(TimeSpan.FromMinutes(10)).Must(new Finish(new(1))).Wait(TimeSpan.FromMinutes(50)).Must(new CloseDay(Force: true));
        return hall.Report();
    }
}
