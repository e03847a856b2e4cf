using System.Globalization;

namespace Kiosk.Firmware.Effects;

/// <summary>When it was issued, as every template may print it.</summary>
internal static class IssuedFields
{
    /// <summary>Adds <c>issued</c>, <c>date</c> and <c>time</c>, in the hall's time.</summary>
    public static Dictionary<string, string> Issued(this Dictionary<string, string> fields, DateTimeOffset at, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        fields["issued"] = there.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        fields["date"] = there.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        fields["time"] = there.ToString("HH:mm", CultureInfo.InvariantCulture);
        return fields;
    }
}
