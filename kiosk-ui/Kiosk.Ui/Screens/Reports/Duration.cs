using System.Globalization;

namespace Kiosk.Ui.Screens.Reports;

/// <summary>Seconds and shares in words for people: <c>12 min 30 s</c>, <c>2 h 5 min</c>, <c>72 %</c>.</summary>
public static class Duration
{
    /// <param name="seconds">Null: there is no figure.</param>
    public static string Of(Phrases t, long? seconds) => seconds switch
    {
        null => t["report.none"],
        < 60 => t.Say("report.time.s", seconds),
        < 3600 when seconds % 60 == 0 => t.Say("report.time.min", seconds / 60),
        < 3600 => t.Say("report.time.min-s", seconds / 60, seconds % 60),
        _ when seconds % 3600 < 60 => t.Say("report.time.h", seconds / 3600),
        _ => t.Say("report.time.h-min", seconds / 3600, seconds % 3600 / 60),
    };

    public static string Share(Phrases t, double? share) => share is { } part ? Math.Round(part * 100, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture) + " %" : t["report.none"];

    public static string Mean(Phrases t, long sum, int count) => Of(t, count == 0 ? null : (long)Math.Round((double)sum / count, MidpointRounding.AwayFromZero));
}
