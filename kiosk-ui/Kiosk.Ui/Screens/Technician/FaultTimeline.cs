using System.Globalization;
using Kiosk.Domain.Views;
using Kiosk.Ui.Screens.Reports.Charts;

namespace Kiosk.Ui.Screens.Technician;

/// <summary>A stretch of time as a strip: thin where the device worked, thick where it was out of service, with a tick at each midnight of the hall.</summary>
internal static class FaultTimeline
{
    private const int Width = 460, Height = 56, Strip = 10, Outage = 26, Top = 2;

    /// <summary>A cover that was open for ten seconds is seen as well.</summary>
    private const double Thinnest = 2.5;

    public static string Svg(Phrases t, DeviceHistory history, TimeZoneInfo zone)
    {
        var drawing = new Drawing($"faults-{history.Device}", Width, Height).Rect(0, Top + ((Outage - Strip) / 2.0), Width, Strip, "up");
        foreach (var midnight in Midnights(history, zone))
        {
            var x = At(history, midnight);
            drawing.Line(x, Top, x, Top + Outage, "midnight").Text(x, Height - 6, TimeZoneInfo.ConvertTime(midnight, zone).ToString("MM-dd", CultureInfo.InvariantCulture), "tick", "middle");
        }

        foreach (var fault in history.Faults)
        {
            var (from, until) = (At(history, fault.From), At(history, fault.Until ?? history.Until));
            drawing.Rect(Math.Min(from, Width - Thinnest), Top, Math.Max(until - from, Thinnest), Outage, "down");
        }

        return drawing.Svg(t.Say("history.picture", history.Device), Words(t, history));
    }

    public static string Words(Phrases t, DeviceHistory history) => history.Faults.IsEmpty
        ? t["history.none"]
        : t.Say("history.words", history.UpPercent.ToString("0.0", CultureInfo.InvariantCulture), history.Faults.Length, Lasting(t, history.Down));

    private static string Lasting(Phrases t, TimeSpan span) => span.TotalHours < 2 ? t.Span(span) : t.Say("lasting.hours", (int)span.TotalHours, span.Minutes);

    private static double At(DeviceHistory history, DateTimeOffset moment) =>
        Math.Clamp((moment - history.From) / (history.Until - history.From), 0, 1) * Width;

    // Those too near to an end of the strip have no room for their date.
    private static IEnumerable<DateTimeOffset> Midnights(DeviceHistory history, TimeZoneInfo zone)
    {
        for (var day = TimeZoneInfo.ConvertTime(history.From, zone).Date.AddDays(1); ; day = day.AddDays(1))
        {
            var midnight = new DateTimeOffset(day, zone.GetUtcOffset(day));
            if (midnight >= history.Until) yield break;
            if (At(history, midnight) is > 20 and < Width - 20) yield return midnight;
        }
    }
}
