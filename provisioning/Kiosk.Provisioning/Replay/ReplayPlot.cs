using System.Globalization;
using System.Security;
using System.Text;

namespace Kiosk.Provisioning.Replay;

/// <summary>A replay as an SVG picture: the error of each hall beside that of the simpler rules, and the coverage of each day beside what it should be.</summary>
internal static class ReplayPlot
{
    private const int Width = 1000, Left = 190, Right = 40, Row = 22, Bar = 5, Gap = 64, DayHeight = 200;

    private static readonly (string Name, string Fill, Func<ReplayScore, double> Of)[] Rules =
    [
        ("predictor", "#0b5394", score => score.Mae),
        ("naive rule", "#c27c0e", score => score.NaiveMae),
        ("last served", "#8a9aa8", score => score.LastServedMae),
    ];

    public static string Svg(string title, ReplayFigures figures)
    {
        var halls = figures.Halls.Where(pair => pair.Value.Scored > 0).Append(new("overall", figures.All)).ToList();
        var (top, days) = (78, 78 + (halls.Count * Row) + Gap);
        var height = days + DayHeight + 46;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13"><title id="t">Waiting times of {SecurityElement.Escape(title)}, foretold and real</title><desc id="d">{Describe(figures.All)}</desc><rect width="100%" height="100%" fill="#fff"/>""");
        text.Append(CultureInfo.InvariantCulture, $"""<text x="20" y="28" font-size="17" font-weight="700">{SecurityElement.Escape(title)}: mean absolute error, seconds</text>""");
        for (var n = 0; n < Rules.Length; n++)
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="{20 + (n * 130)}" y="44" width="14" height="10" fill="{Rules[n].Fill}"/><text x="{40 + (n * 130)}" y="54">{Rules[n].Name}</text>""");

        var most = halls.Max(pair => Rules.Max(rule => rule.Of(pair.Value)));
        for (var index = 0; index < halls.Count; index++) Hall(text, top + (index * Row), halls[index].Key, halls[index].Value, most);
        Coverage(text, days, figures);
        return text.Append("</svg>\n").ToString();
    }

    private static string Describe(ReplayScore all) => string.Create(CultureInfo.InvariantCulture,
        $"{all.Scored} tickets. Error {all.Mae:0.0} s, of the naive rule {all.NaiveMae:0.0} s: {all.Ratio:0.000} of it. {all.Coverage90:P1} of the waits were in the 90 % range, {all.Coverage50:P1} in the 50 % range.");

    private static void Hall(StringBuilder text, int y, string name, ReplayScore score, double most)
    {
        var weight = name == "overall" ? " font-weight=\"700\"" : "";
        text.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{y + 13}" text-anchor="end"{weight}>{SecurityElement.Escape(name)}</text>""");
        for (var n = 0; n < Rules.Length; n++)
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{y + 2 + (n * (Bar + 1))}" width="{(Width - Left - Right - 70) * Rules[n].Of(score) / most:0.#}" height="{Bar}" fill="{Rules[n].Fill}"/>""");
        text.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="{y + 13}" text-anchor="end"{weight}>× {score.Ratio:0.00}</text>""");
    }

    private static void Coverage(StringBuilder text, int top, ReplayFigures figures)
    {
        double Y(double share) => top + (DayHeight * (1 - share));
        text.Append(CultureInfo.InvariantCulture, $"""<text x="20" y="{top - 18}" font-size="17" font-weight="700">Share of waits within the range, per day</text>""");
        foreach (var (share, name) in new[] { (0.9, "90 %"), (0.5, "50 %") })
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="60" y="{Y(share + 0.02):0.#}" width="{Width - 60 - Right}" height="{DayHeight * 0.04:0.#}" fill="#e3ecf4"/><line x1="60" x2="{Width - Right}" y1="{Y(share):0.#}" y2="{Y(share):0.#}" stroke="#0b5394" stroke-dasharray="5 4"/><text x="52" y="{Y(share) + 4:0.#}" text-anchor="end">{name}</text>""");

        var days = figures.Days.Where(pair => pair.Value.Scored > 0).ToList();
        var step = (Width - 60.0 - Right) / Math.Max(1, days.Count);
        for (var index = 0; index < days.Count; index++)
        {
            var (x, score) = (60 + ((index + 0.5) * step), days[index].Value);
            text.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{Y(score.Coverage90):0.#}" r="5" fill="#0b5394"/><rect x="{x - 4:0.#}" y="{Y(score.Coverage50) - 4:0.#}" width="8" height="8" fill="#c27c0e"/>""");
            if (days.Count <= 16 || index % 2 == 0) text.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{top + DayHeight + 20}" text-anchor="middle" font-size="11">{days[index].Key:MM-dd}</text>""");
        }
    }
}
