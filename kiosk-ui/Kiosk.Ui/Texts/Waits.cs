using System.Globalization;
using Kiosk.Domain.Waiting;

namespace Kiosk.Ui;

/// <summary>Waiting times as people of a language say them.</summary>
public static class Waits
{
    /// <summary><c>about 10–20 minutes</c>, <c>up to about 5 minutes</c>, <c>about 1–1.5 hours</c>.</summary>
    public static string Wait(this Phrases t, WaitRange range) => Say(t, "wait.", range);

    /// <summary>Without dashes, for voices and for printers: <c>about 10 to 20 minutes</c>.</summary>
    public static string WaitAloud(this Phrases t, WaitRange range) => Say(t, "wait.aloud.", range);

    /// <summary>Where a heading says "about" and there is little room: <c>10–20 min</c>.</summary>
    public static string WaitShort(this Phrases t, WaitRange range) => Say(t, "wait.short.", range);

    /// <summary>Between when and when somebody should be called, and what is said once that is past.</summary>
    /// <param name="now">In any offset.</param>
    public static string WaitByTheClock(this Phrases t, WaitSpan span, TimeZoneInfo zone, DateTimeOffset now)
    {
        string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        if (now > span.To) return t.Say("phone.late", Clock(span.To));
        return span.From is { } from ? t.Say("phone.span", Clock(from), Clock(span.To)) : t.Say("phone.by", Clock(span.To));
    }

    private static string Say(Phrases t, string form, WaitRange range)
    {
        var words = range switch
        {
            { From: 0, InHours: true } => "up-to-hours",
            { From: 0 } => "up-to",
            { FromInHours: true } => "hours",
            { InHours: true } => "mixed",
            _ => "range",
        };
        return t.Say(form + words, Number(range.From, range.FromInHours), Number(range.To, range.InHours));
    }

    private static string Number(int minutes, bool hours) => hours ? (minutes / 60.0).ToString("0.#", CultureInfo.InvariantCulture) : minutes.ToString(CultureInfo.InvariantCulture);
}
