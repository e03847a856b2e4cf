using System.Collections.Immutable;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Tests.Site;

/// <summary>Opening hours by the hall's own clock, also on the days when it is changed.</summary>
public sealed class HallHoursTests
{
    private static readonly OpenSpan Morning = new(new(9, 0), new(12, 0)), Afternoon = new(new(13, 0), new(17, 0)), Night = new(new(22, 0), new(0, 0));

    [Fact]
    public void Hall_is_open_from_the_first_minute_of_a_span_to_the_last_before_its_end()
    {
        var hall = Hall("Asia/Shanghai", Morning, Afternoon);

        Assert.Equal([false, true, true, false, true, false], new[] { "08:59", "09:00", "11:59", "12:30", "13:00", "17:00" }.Select(time => Open(hall, $"2026-01-05 {time} +08:00")));
    }

    [Fact]
    public void Span_until_midnight_ends_with_the_day()
    {
        var hall = Hall("Asia/Shanghai", Night);

        Assert.True(Open(hall, "2026-01-05 23:59 +08:00"));
        Assert.False(Open(hall, "2026-01-06 00:00 +08:00"));
        Assert.Equal(At("2026-01-06 00:00 +08:00"), HallHours.Closing(hall, new(2026, 1, 5)));
    }

    [Fact]
    public void Special_day_has_its_own_hours_and_the_last_that_names_a_day_counts()
    {
        var hall = Hall("Asia/Shanghai", Morning) with
        {
            SpecialDays = [new(new(2026, 10, 1), new(2026, 10, 7), Texts.Of(("en", "National Day")), []), new(new(2026, 10, 7), new(2026, 10, 7), Texts.Of(("en", "Half day")), [Afternoon])],
        };

        Assert.False(Open(hall, "2026-10-03 10:00 +08:00"));
        Assert.Null(HallHours.Closing(hall, new(2026, 10, 3)));
        Assert.True(Open(hall, "2026-10-07 14:00 +08:00"));
        Assert.True(Open(hall, "2026-10-08 10:00 +08:00"));
    }

    [Fact]
    public void Clocks_that_go_forward_shorten_the_day_and_not_the_hours()
    {
        // In Berlin 02:00 became 03:00 on 29 March 2026.
        var hall = Hall("Europe/Berlin", new OpenSpan(new(1, 0), new(2, 30)), Afternoon);

        Assert.Equal(At("2026-03-29 17:00 +02:00"), HallHours.Closing(hall, new(2026, 3, 29)));
        Assert.Equal(At("2026-03-29 03:00 +02:00"), HallHours.Closing(Hall("Europe/Berlin", new OpenSpan(new(1, 0), new(2, 30))), new(2026, 3, 29)));
        Assert.False(Open(hall, "2026-03-29 03:00 +02:00"));
    }

    [Fact]
    public void Hour_that_comes_twice_is_open_twice_and_closing_is_the_later()
    {
        // In Berlin 03:00 became 02:00 on 25 October 2026.
        var hall = Hall("Europe/Berlin", new OpenSpan(new(1, 0), new(2, 30)));

        Assert.True(Open(hall, "2026-10-25 02:15 +02:00"));
        Assert.True(Open(hall, "2026-10-25 02:15 +01:00"));
        Assert.Equal(At("2026-10-25 02:30 +01:00"), HallHours.Closing(hall, new(2026, 10, 25)));
    }

    private static HallProfile Hall(string zone, params ImmutableArray<OpenSpan> spans) => Halls.Profile with
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Hours = new(Enum.GetValues<DayOfWeek>().ToImmutableDictionary(day => day, _ => spans)),
    };

    private static bool Open(HallProfile hall, string at) => HallHours.IsOpen(hall, At(at));

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);
}
