using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>A printed slip as it looks on paper, for the devices screen and for a preview. One unit of the picture is one dot (1/8 mm) of the printer.</summary>
public sealed class SlipPicture
{
    private const int Cell = RasterText.CellWidth, Line = 30, Margin = 28, Edge = 18, Tooth = 8;

    private readonly StringBuilder _body = new();
    private readonly PrinterCharset _charset = new(EscPosCharset.Gb18030);
    private readonly int _paper;
    private int _y = Edge + Margin;
    private bool _torn;

    private SlipPicture(int columns) => _paper = columns * Cell;

    /// <param name="slip">One member of <c>paper</c>, or <c>current</c>, of <see cref="EscPosEmulator.Look"/>: a list of lines.</param>
    /// <param name="columns">Of the printer; <c>columns</c> of the same object.</param>
    /// <returns>An <c>svg</c> element with its own white background.</returns>
    public static string ToSvg(JsonNode slip, int columns = 48)
    {
        var picture = new SlipPicture(columns);
        foreach (var line in slip.AsArray()) picture.Add(line!.AsObject());
        return picture.Finish();
    }

    /// <summary>What this printer would make of a slip: encoded, printed in memory and drawn.</summary>
    public static string Preview(Slip slip, EscPosOptions options)
    {
        var machine = new EscPosMachine(options, _ => { });
        foreach (var value in new SlipEncoder(options).Encode(slip, statusBack: false, marker: [])) machine.Receive(value);
        return ToSvg(machine.Paper.Slips()[0]!, options.Columns);
    }

    /// <summary>How much paper this printer would use for a slip.</summary>
    public static int MillimetresOf(Slip slip, EscPosOptions options) => new SlipEncoder(options).MillimetresOf(slip);

    private void Add(JsonObject line)
    {
        if (line["runs"] is JsonArray runs) AddText(Word(line["align"]), runs);
        else if (line["qr"] is { } content) AddQr(Word(line["align"]), content.GetValue<string>(), line["module"]!.GetValue<int>());
        else if (line["raster"] is JsonObject raster) AddRaster(raster);
        else _torn = true;
    }

    private void AddText(string align, JsonArray runs)
    {
        var height = runs.Count == 0 ? 1 : runs.Max(run => run!["height"]!.GetValue<int>());
        var x = Start(align, runs.Sum(run => Columns(run!) * Cell * run!["width"]!.GetValue<int>()));
        foreach (var run in runs) x = AddRun(run!, x, _y + (height * RasterText.CellHeight));
        _y += (height * RasterText.CellHeight) + (Line - RasterText.CellHeight);
    }

    private int AddRun(JsonNode run, int x, int bottom)
    {
        var (text, width, height) = (run["text"]!.GetValue<string>(), run["width"]!.GetValue<int>(), run["height"]!.GetValue<int>());
        var (bold, inverse) = (run["bold"]!.GetValue<bool>(), run["inverse"]!.GetValue<bool>());
        var length = Columns(run) * Cell;
        var top = bottom - (height * RasterText.CellHeight);
        if (inverse) Put($"<rect x='{x}' y='{top}' width='{length * width}' height='{height * RasterText.CellHeight}'/>");
        Put($"<g transform='translate({x} {top}) scale({width} {height})'{(inverse ? " fill='#fff'" : "")}{(bold ? " font-weight='700'" : "")}>");
        var pen = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var columns = _charset.Columns(rune);
            var (middle, size) = (pen + (columns * Cell / 2.0), columns == 2 ? 23 : 20);
            if (rune.Value != ' ') Put($"<text x='{middle}' y='19' font-size='{size}'>{WebUtility.HtmlEncode(rune.ToString())}</text>");
            pen += columns * Cell;
        }

        Put($"</g>");
        return x + (length * width);
    }

    private void AddQr(string align, string content, int module)
    {
        var modules = Raster.QrModules(content);
        Dots(Start(align, modules.Count * module), module, modules.Count, modules.Count, (x, y) => modules[y][x]);
    }

    private void AddRaster(JsonObject json)
    {
        var raster = new Raster(json["width"]!.GetValue<int>(), json["height"]!.GetValue<int>());
        Convert.FromBase64String(json["bits"]!.GetValue<string>()).CopyTo(raster.Bits, 0);
        Dots(Margin, 1, raster.Width, raster.Height, (x, y) => raster[x, y]);
    }

    // One stroke per run of black dots keeps the picture small.
    private void Dots(int left, int size, int width, int height, Func<int, int, bool> black)
    {
        Put($"<path d='");
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (!black(x, y)) continue;
                var from = x;
                while (x + 1 < width && black(x + 1, y)) x++;
                var run = (x - from + 1) * size;
                Put($"M{left + (from * size)} {_y + (y * size)}h{run}v{size}h-{run}z");
            }
        }

        // Sharp squares for a code; single dots would vanish where the picture is shown smaller.
        Put($"'{(size > 1 ? " shape-rendering='crispEdges'" : "")}/>");
        _y += height * size;
    }

    private string Finish()
    {
        var (width, height) = (_paper + (2 * Margin), _y + Margin + Edge);
        var edge = new StringBuilder();
        var bottom = height - Edge;
        if (_torn)
        {
            for (var x = width; x > 0; x -= 2 * Tooth)
            {
                edge.Append(CultureInfo.InvariantCulture, $"L{x - Tooth} {bottom - Tooth}L{Math.Max(0, x - (2 * Tooth))} {bottom}");
            }
        }

        const string Fonts = "'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC','Noto Sans CJK TC',monospace";
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns='http://www.w3.org/2000/svg' class='slip' viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img'>"
            + $"<path d='M0 {Edge}H{width}V{bottom}{edge}H0z' fill='#fdfdfb' stroke='#c9c9c2'/>"
            + $"<g fill='#1b1b1b' text-anchor='middle' font-family=\"{Fonts}\">{_body}</g></svg>");
    }

    private int Start(string align, int length) => Margin + align switch
    {
        "centre" => (_paper - length) / 2,
        "right" => _paper - length,
        _ => 0,
    };

    private int Columns(JsonNode run) => _charset.Columns(run["text"]!.GetValue<string>());

    private static string Word(JsonNode? node) => node?.GetValue<string>() ?? "left";

    private void Put(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
