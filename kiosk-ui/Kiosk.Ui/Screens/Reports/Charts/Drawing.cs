using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>An SVG picture that grows shape by shape. Fills differ in pattern, not only in colour: it can be read when printed in grey.</summary>
internal sealed class Drawing(string id, int width, int height)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _shapes = new();

    public int Width => width;

    public int Height => height;

    /// <summary>The fill of a series: 0 full, 1 hatched, 2 dotted.</summary>
    public string Fill(int series) => series switch
    {
        1 => $"url(#{id}-hatch)",
        2 => $"url(#{id}-dots)",
        _ => "currentColor",
    };

    public Drawing Rect(double x, double y, double w, double h, string css, string fill = "currentColor") =>
        Add($"""<rect class="{css}" x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" fill="{fill}"/>""");

    public Drawing Line(double x1, double y1, double x2, double y2, string css) =>
        Add($"""<line class="{css}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public Drawing Text(double x, double y, string text, string css, string anchor = "start") =>
        Add($"""<text class="{css}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Encoder.Encode(text)}</text>""");

    public Drawing Path(IReadOnlyList<(double X, double Y)> points, string css) => points.Count < 2
        ? this
        : Add($"""<polyline class="{css}" fill="none" points="{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")))}"/>""");

    public Drawing Dot(double x, double y, string css, bool square) => square
        ? Add($"""<rect class="{css}" x="{x - 4:0.#}" y="{y - 4:0.#}" width="8" height="8"/>""")
        : Add($"""<circle class="{css}" cx="{x:0.#}" cy="{y:0.#}" r="4.5"/>""");

    /// <summary>What should be seen first: it differs in shape.</summary>
    public Drawing Cross(double x, double y, string css) =>
        Add($"""<path class="{css}" d="M{x - 5:0.#} {y - 5:0.#}l10 10M{x - 5:0.#} {y + 5:0.#}l10 -10"/>""");

    /// <param name="description">What the picture shows in words, for those who do not see it.</param>
    public string Svg(string title, string description) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{Encoder.Encode(title)}</title><desc id="{id}-desc">{Encoder.Encode(description)}</desc><defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><rect class="ink" width="2.5" height="6"/></pattern><pattern id="{id}-dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="paper" width="6" height="6"/><circle class="ink" cx="3" cy="3" r="1.4"/></pattern></defs>{_shapes}</svg>
        """);

    /// <summary>A round step that divides the axis into at most so many parts.</summary>
    public static int Step(int top, int parts, params ReadOnlySpan<int> steps)
    {
        foreach (var step in steps)
        {
            if (top <= step * parts) return step;
        }

        return (int)Math.Ceiling((double)top / parts);
    }

    private Drawing Add(FormattableString shape)
    {
        _shapes.Append(shape.ToString(CultureInfo.InvariantCulture));
        return this;
    }
}
