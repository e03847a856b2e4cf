using System.Globalization;
using System.Net;
using System.Text;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Showing;

/// <summary>One SVG for each figure that has samples or a curve.</summary>
internal static class FigurePlots
{
    public static async Task WriteAsync(BenchResult result, DirectoryInfo directory, CancellationToken cancel)
    {
        directory.Create();
        foreach (var figure in result.Figures.Where(figure => figure.Plot is not null))
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, figure.Id + ".svg"), Of(figure, result.Machine), cancel);
    }

    public static string Of(Figure figure, Machine machine) => figure.Plot switch
    {
        Plot.Distribution samples => Distribution(figure, samples, machine),
        Plot.Curve curve => Curve(figure, curve, machine),
        _ => throw new ArgumentException($"{figure.Id} has no picture.", nameof(figure)),
    };

    // Share of the samples that took at most so long: the axis of shares stretches towards the slow end, which is what a p99 is about.
    private static string Distribution(Figure figure, Plot.Distribution samples, Machine machine)
    {
        double[] shares = [0.01, 0.1, 0.5, 0.9, 0.99, 0.999];
        var lines = samples.Series.Select(series => (series.Name, Points: Shares(series.Values))).ToList();
        var x = LogAxis.Over(lines.SelectMany(line => line.Points).Select(point => point.Value));
        var drawing = new Drawing(figure.Title, $"share of the samples that took at most so long, {samples.Series[0].Values.Length:N0} of each in turn", machine);
        foreach (var tick in x.Ticks) drawing.Vertical(x.At(tick), Label(tick));
        foreach (var share in shares) drawing.Horizontal(Stretched(share), share.ToString("0.#%", CultureInfo.InvariantCulture));
        drawing.Axis(figure.Unit);
        foreach (var (name, points) in lines) drawing.Line(name, points.Select(point => (x.At(point.Value), Stretched(point.Share))), dots: false);
        return drawing.ToString();
    }

    private static string Curve(Figure figure, Plot.Curve curve, Machine machine)
    {
        var points = curve.Series.SelectMany(series => series.Points).ToList();
        var (x, y) = (LogAxis.Over(points.Select(point => point.Size)), LogAxis.Over(points.Select(point => point.Value), atLeast: 10));
        var drawing = new Drawing(figure.Title, curve.Value, machine);
        foreach (var tick in x.Ticks) drawing.Vertical(x.At(tick), Label(tick));
        foreach (var tick in y.Ticks) drawing.Horizontal(y.At(tick), Label(tick));
        drawing.Axis(curve.Size);
        foreach (var (name, line) in curve.Series) drawing.Line(name, line.Select(point => (x.At(point.Size), y.At(point.Value))), dots: true);
        return drawing.ToString();
    }

    private static string Label(double tick) => tick.ToString("#,0.######", CultureInfo.InvariantCulture);

    private static List<(double Value, double Share)> Shares(double[] values)
    {
        var sorted = values.Order().ToArray();
        return [.. Enumerable.Range(0, 400).Select(n => (n + 0.5) / 400 * 7.4 - 3.7).Select(z => 1 / (1 + Math.Exp(-1.9 * z))).Select(share => (sorted[(int)(share * (sorted.Length - 1))], share))];
    }

    // Logit: 1 % at the bottom, 99.9 % at the top.
    private static double Stretched(double share)
    {
        static double Logit(double p) => Math.Log(p / (1 - p));
        var (low, high) = (Logit(0.005), Logit(0.9993));
        return Math.Clamp((Logit(Math.Clamp(share, 0.0001, 0.9999)) - low) / (high - low), 0, 1);
    }

    /// <summary>A logarithmic axis from 0 to 1.</summary>
    private readonly record struct LogAxis(double Low, double High)
    {
        /// <param name="atLeast">Times from the lowest to the highest: small differences are not to look large.</param>
        public static LogAxis Over(IEnumerable<double> values, double atLeast = 2)
        {
            var sorted = values.Where(value => value > 0).Order().ToList();
            var (low, high) = sorted.Count == 0 ? (1, 10) : (sorted[0], sorted[^1]);
            var middle = Math.Sqrt(low * high);
            return new(Math.Min(low, middle / Math.Sqrt(atLeast)) / 1.1, Math.Max(high, middle * Math.Sqrt(atLeast)) * 1.1);
        }

        public double At(double value) => Math.Clamp(Math.Log(Math.Max(value, Low) / Low) / Math.Log(High / Low), 0, 1);

        public IEnumerable<double> Ticks
        {
            get
            {
                var axis = this;
                double[] steps = High / Low > 200 ? [1] : High / Low > 20 ? [1, 3] : [1, 1.5, 2, 3, 5, 7];
                return Enumerable.Range(-6, 18).SelectMany(power => steps.Select(step => step * Math.Pow(10, power))).Where(tick => tick >= axis.Low && tick <= axis.High);
            }
        }
    }

    /// <summary>Lines over a grid; coordinates from 0 to 1, up and to the right.</summary>
    private sealed class Drawing
    {
        private const int Width = 900, Height = 460, Left = 80, Right = 30, Top = 70, Bottom = 80;

        private static readonly string[] Colours = ["#5d6b78", "#0b5394", "#b3261e", "#38761d", "#7a4a00"];

        private readonly StringBuilder _svg = new();
        private readonly string _machine;
        private int _lines;

        public Drawing(string title, string subtitle, Machine machine)
        {
            _machine = machine.ToString();
            _svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13"><title id="t">{Text(title)}</title><desc id="d">{Text(subtitle)}</desc><rect width="100%" height="100%" fill="#fff"/>""");
            _svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="24" font-size="16" font-weight="700">{Text(title)}</text><text x="{Left}" y="44" fill="#5d6b78">{Text(subtitle)}</text>""");
        }

        public void Vertical(double at, string label) =>
            _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{X(at):0.#}" x2="{X(at):0.#}" y1="{Top}" y2="{Height - Bottom}" stroke="#d6dce2"/><text x="{X(at):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{Text(label)}</text>""");

        public void Horizontal(double at, string label) =>
            _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(at):0.#}" y2="{Y(at):0.#}" stroke="#d6dce2"/><text x="{Left - 8}" y="{Y(at) + 4:0.#}" text-anchor="end">{Text(label)}</text>""");

        public void Axis(string name) => _svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="{Height - Bottom + 36}" text-anchor="end">{Text(name)}</text>""");

        public void Line(string name, IEnumerable<(double X, double Y)> points, bool dots)
        {
            var colour = Colours[_lines % Colours.Length];
            var placed = points.Select(point => (X: X(point.X), Y: Y(point.Y))).ToList();
            _svg.Append(CultureInfo.InvariantCulture, $"""<polyline points="{string.Join(' ', placed.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}" fill="none" stroke="{colour}" stroke-width="2"/>""");
            if (dots) foreach (var (x, y) in placed) _svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="4" fill="{colour}"/>""");
            var legend = Left + (_lines++ * 260);
            _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{legend}" x2="{legend + 24}" y1="{Top - 10}" y2="{Top - 10}" stroke="{colour}" stroke-width="3"/><text x="{legend + 30}" y="{Top - 6}">{Text(name)}</text>""");
        }

        public override string ToString() => _svg.ToString() + string.Create(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{Height - 14}" font-size="10" fill="#5d6b78">{Text(_machine)}</text></svg>""") + "\n";

        private static double X(double at) => Left + (at * (Width - Left - Right));

        private static double Y(double at) => Height - Bottom - (at * (Height - Top - Bottom));

        private static string Text(string text) => WebUtility.HtmlEncode(text);
    }
}
