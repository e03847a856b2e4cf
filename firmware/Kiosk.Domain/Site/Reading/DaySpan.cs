using System.Globalization;

namespace Kiosk.Domain.Site.Reading;

/// <summary>A span of <c>openingHours</c> in minutes of the day; <c>24:00</c> is 1440.</summary>
internal readonly record struct DaySpan(int From, int Until)
{
    private const int Day = 24 * 60;

    public bool Overlaps(DaySpan other) => From < other.Until && other.From < Until;

    public OpenSpan ToOpenSpan() => new(At(From), At(Until % Day));

    /// <summary>Reads <c>08:30-18:00</c>; null where it does not have that form.</summary>
    public static DaySpan? Parse(string text) =>
        text.Length == 11 && text[5] == '-' && Minutes(text[..5]) is { } from and < Day && Minutes(text[6..]) is { } until ? new(from, until) : null;

    private static int? Minutes(string text)
    {
        if (text == "24:00") return Day;
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.Hour * 60 + time.Minute : null;
    }

    private static TimeOnly At(int minutes) => new(minutes / 60, minutes % 60);
}
