using System.Collections.Immutable;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Waiting.Forecast;

/// <summary>What sets a day apart from the others; the first that fits counts.</summary>
public enum DayMark
{
    Ordinary,

    /// <summary>One of the profile's special days.</summary>
    Special,

    /// <summary>The day before or behind special days.</summary>
    BesideSpecial,

    /// <summary>One of the first days of a month: bills and pensions.</summary>
    MonthStart,
}

/// <summary>When a hall is open, and which of its days are like each other.</summary>
/// <param name="hours">Of a date; empty: closed.</param>
public sealed class ForecastCalendar(Func<DateOnly, ImmutableArray<OpenSpan>> hours, Func<DateOnly, DayMark> mark)
{
    public static ForecastCalendar Of(HallProfile site) => new(day => HallHours.On(site, day), day => MarkOf(site, day));

    public ImmutableArray<OpenHalf> Halves(DateOnly day) => HalfHours.Within(hours(day));

    public DayMark Mark(DateOnly day) => mark(day);

    private static DayMark MarkOf(HallProfile site, DateOnly day)
    {
        if (HallHours.Special(site, day) is not null) return DayMark.Special;
        if (HallHours.Special(site, day.AddDays(1)) is not null || HallHours.Special(site, day.AddDays(-1)) is not null) return DayMark.BesideSpecial;
        return day.Day <= site.Staffing.MonthStartDays ? DayMark.MonthStart : DayMark.Ordinary;
    }
}
