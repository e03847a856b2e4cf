using System.Collections.Immutable;

namespace Kiosk.Domain.Site;

/// <summary>When the hall is open: the week's hours, with special days set apart. All by the hall's own clock, also across daylight saving.</summary>
public static class HallHours
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The spans of a date; the last special day that names it counts.</summary>
    public static ImmutableArray<OpenSpan> On(HallProfile site, DateOnly date) => Special(site, date)?.Hours ?? site.Hours.On(date.DayOfWeek);

    public static SpecialDay? Special(HallProfile site, DateOnly date) => site.SpecialDays.LastOrDefault(day => day.From <= date && date <= day.Until);

    public static bool IsOpen(HallProfile site, DateTimeOffset at)
    {
        var (date, time) = Local(site, at);
        return On(site, date).Any(span => span.From.ToTimeSpan() <= time && time < End(span));
    }

    /// <summary>The instant at which the last span of that date ends; null on a day off.</summary>
    public static DateTimeOffset? Closing(HallProfile site, DateOnly date)
    {
        var spans = On(site, date);
        if (spans.IsEmpty) return null;

        var wall = date.ToDateTime(TimeOnly.MinValue) + spans.Max(End);

        // A time that the clocks skip in spring is the first one after the gap; one that comes twice in autumn is the later one: nobody is sent away early.
        while (site.TimeZone.IsInvalidTime(wall)) wall += TimeSpan.FromMinutes(15);
        var offset = site.TimeZone.IsAmbiguousTime(wall) ? site.TimeZone.GetAmbiguousTimeOffsets(wall).Min() : site.TimeZone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }

    /// <summary>The hall's own date and time of day.</summary>
    public static (DateOnly Date, TimeSpan Time) Local(HallProfile site, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, site.TimeZone);
        return (DateOnly.FromDateTime(local.DateTime), local.TimeOfDay);
    }

    private static TimeSpan End(OpenSpan span) => span.Until == TimeOnly.MinValue ? Day : span.Until.ToTimeSpan();
}
