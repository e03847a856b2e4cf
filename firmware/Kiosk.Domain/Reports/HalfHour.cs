namespace Kiosk.Domain.Reports;

/// <summary>A half hour of a business day by the hall's own clock.</summary>
/// <param name="Minute">Minutes from midnight of the business day's date to its beginning, by the clock on the wall: 08:30 = 510; after midnight 1440 and more.</param>
/// <param name="Offset">Minutes that the clock is ahead of UTC: a half hour that comes twice when the clocks go back is two.</param>
public readonly record struct HalfHour(int Minute, int Offset) : IComparable<HalfHour>
{
    public static HalfHour Of(DateTimeOffset at, DateOnly day, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var minute = (int)(local.DateTime - day.ToDateTime(TimeOnly.MinValue)).TotalMinutes;
        return new(minute - (((minute % 30) + 30) % 30), (int)local.Offset.TotalMinutes);
    }

    public int CompareTo(HalfHour other) => (Minute - Offset).CompareTo(other.Minute - other.Offset);
}
