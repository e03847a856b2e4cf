using System.Globalization;
using System.Net;
using System.Text;

namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>What was heard, as a picture: how loud over the time, with a mark each second.</summary>
public static class WaveformPicture
{
    private const int Width = 640, Half = 60, Top = 10, Height = 140, Columns = 320;

    /// <param name="words">Said in it: read by screen readers.</param>
    /// <returns>An SVG document.</returns>
    public static string ToSvg(Sound sound, string words)
    {
        ArgumentNullException.ThrowIfNull(sound);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(words)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" rx=\"8\" fill=\"#10161d\"/>");
        for (var second = 1; second < sound.Length.TotalSeconds; second++)
        {
            var x = Width * second / sound.Length.TotalSeconds;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:0.#} {Top}v{2 * Half}\" stroke=\"#33414f\"/><text x=\"{x + 3:0.#}\" y=\"{Top + (2 * Half)}\" fill=\"#8fa3b5\" font-size=\"11\" font-family=\"sans-serif\">{second} s</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Columned(sound)}\" stroke=\"#5ad1a0\" stroke-width=\"1.6\" stroke-linecap=\"round\"/>");
        return svg.Append("</svg>").ToString();
    }

    private static string Columned(Sound sound)
    {
        var path = new StringBuilder();
        var samples = sound.Samples.Span;
        for (var column = 0; column < Columns; column++)
        {
            var part = samples[(int)((long)samples.Length * column / Columns)..(int)((long)samples.Length * (column + 1) / Columns)];
            int low = 0, high = 0;
            foreach (var sample in part) (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            var x = (column + 0.5) * Width / Columns;
            path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {Y(high):0.#}V{Math.Max(Y(low), Y(high) + 0.2):0.#}");
        }

        return path.ToString();
    }

    private static double Y(int sample) => Top + Half - ((double)sample / short.MaxValue * Half);
}
