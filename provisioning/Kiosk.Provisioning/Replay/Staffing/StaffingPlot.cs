using System.Globalization;
using System.Text;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>The three ways side by side as an SVG picture: mean wait, share within the target, staff-hours, switches.</summary>
internal static class StaffingPlot
{
    private const int Panel = 260, Height = 300, Top = 70, Base = 250, Bar = 56;

    private static readonly string[] Fills = ["#0b5394", "#0f6b3d", "#7a4a00"];

    public static string Svg(StaffingRow overall, StaffingAim aim)
    {
        var ways = overall.Ways.Take(3).ToList();
        var panels = new (string Title, Func<Tally, double> Of, Func<Tally, string> Says)[]
        {
            ("mean wait", tally => tally.MeanWaitSeconds ?? 0, tally => StaffingText.Seconds(tally.MeanWaitSeconds)),
            (string.Create(CultureInfo.InvariantCulture, $"within {aim.Target.TotalMinutes:0.##} min"), tally => tally.Share ?? 0, tally => StaffingText.Percent(tally.Share)),
            ("staff hours", tally => tally.StaffHours, tally => tally.StaffHours.ToString("0.0", CultureInfo.InvariantCulture)),
            ("switches", tally => tally.Switches, tally => tally.Switches.ToString(CultureInfo.InvariantCulture)),
        };
        var text = new StringBuilder();
        var description = string.Join("; ", ways.Select(way => $"{way.Name}: {string.Join(", ", panels.Select(panel => $"{panel.Title} {panel.Says(way.Tally)}"))}"));
        text.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Panel * panels.Length} {Height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="14"><title id="t">Staffing by the surge rule, by the forecast, and by both</title><desc id="d">{description}</desc><rect width="100%" height="100%" fill="#fff"/>""");
        for (var n = 0; n < panels.Length; n++) Draw(text, n * Panel, panels[n].Title, [.. ways.Select(way => (way.Name, panels[n].Of(way.Tally), panels[n].Says(way.Tally)))]);
        return text.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder text, int left, string title, (string Name, double Value, string Says)[] bars)
    {
        var most = Math.Max(1e-9, bars.Max(bar => bar.Value));
        text.Append(CultureInfo.InvariantCulture, $"""<text x="{left + (Panel / 2)}" y="30" text-anchor="middle" font-weight="700">{title}</text><line x1="{left + 20}" x2="{left + Panel - 20}" y1="{Base}" y2="{Base}" stroke="#6b7985"/>""");
        for (var n = 0; n < bars.Length; n++)
        {
            var (x, height) = (left + 34 + (n * (Bar + 12)), (Base - Top) * bars[n].Value / most);
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="{x}" y="{Base - height:0.#}" width="{Bar}" height="{height:0.#}" fill="{Fills[n]}"/><text x="{x + (Bar / 2)}" y="{Base - height - 6:0.#}" text-anchor="middle">{bars[n].Says}</text><text x="{x + (Bar / 2)}" y="{Base + 20}" text-anchor="middle">{bars[n].Name}</text>""");
        }
    }
}
