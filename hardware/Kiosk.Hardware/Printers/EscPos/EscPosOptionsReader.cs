using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>The <c>options</c> of a device as <see cref="EscPosOptions"/>, with every mistake in them.</summary>
internal sealed class EscPosOptionsReader
{
    /// <summary>At most this many font files are tried.</summary>
    private const int FontLimit = 16;

    private static readonly Dictionary<string, EscPosStatus> StatusWords = new()
    {
        ["auto"] = EscPosStatus.Auto, ["dle-eot"] = EscPosStatus.DleEot, ["asb"] = EscPosStatus.Asb, ["none"] = EscPosStatus.None,
    };

    private static readonly Dictionary<string, EscPosMarker> MarkerWords = new()
    {
        ["gs-r"] = EscPosMarker.GsR, ["gs-h"] = EscPosMarker.GsH, ["none"] = EscPosMarker.None,
    };

    private static readonly Dictionary<string, EscPosClear> ClearWords = new()
    {
        ["dc4"] = EscPosClear.Dc4, ["enq"] = EscPosClear.Enq, ["none"] = EscPosClear.None,
    };

    private static readonly Dictionary<string, EscPosCharset> CharsetWords = new()
    {
        ["ascii"] = EscPosCharset.Ascii, ["gb18030"] = EscPosCharset.Gb18030, ["big5"] = EscPosCharset.Big5,
    };

    private static readonly Dictionary<string, EscPosQr> QrWords = new()
    {
        ["native"] = EscPosQr.Native, ["raster"] = EscPosQr.Raster, ["none"] = EscPosQr.None,
    };

    private const string Known = "profile, columns, dots, dpi, status, marker, clear, charset, qr, printTimeoutSeconds, replyTimeoutSeconds, fonts, rollMetres";

    private readonly List<SettingMistake> _mistakes = [];

    private EscPosOptionsReader() { }

    /// <returns>Options to use if there is no mistake.</returns>
    public static (EscPosOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(JsonElement json)
    {
        var reader = new EscPosOptionsReader();
        var options = json.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => EscPosOptions.Default,
            JsonValueKind.Object => reader.ReadObject(json),
            _ => reader.Refuse("options", EscPosOptions.Default, "must be an object"),
        };
        return (options, reader._mistakes);
    }

    private EscPosOptions ReadObject(JsonElement json)
    {
        var options = json.TryGetProperty("profile", out var named)
            ? Word("options.profile", named, EscPosProfiles.All, EscPosOptions.Default)
            : EscPosOptions.Default;
        foreach (var member in json.EnumerateObject())
        {
            var (path, value) = ($"options.{member.Name}", member.Value);
            options = member.Name switch
            {
                "profile" => options,
                "columns" => options with { Columns = (int)Number(path, value, options.Columns, 24, 64, whole: true) },
                "dots" => options with { Dots = (int)Number(path, value, options.Dots, 288, 832, whole: true) },
                "dpi" => options with { Dpi = (int)Number(path, value, options.Dpi, 150, 300, whole: true) },
                "status" => options with { Status = Word(path, value, StatusWords, options.Status) },
                "marker" => options with { Marker = Word(path, value, MarkerWords, options.Marker) },
                "clear" => options with { Clear = Word(path, value, ClearWords, options.Clear) },
                "charset" => options with { Charset = Word(path, value, CharsetWords, options.Charset) },
                "qr" => options with { Qr = Word(path, value, QrWords, options.Qr) },
                "printTimeoutSeconds" => options with { PrintTimeout = Seconds(path, value, options.PrintTimeout, 1, 300) },
                "replyTimeoutSeconds" => options with { ReplyTimeout = Seconds(path, value, options.ReplyTimeout, 0.1, 30) },
                "rollMetres" => options with { RollMetres = Number(path, value, options.RollMetres, 5, 500, whole: false) },
                "fonts" => options with { Fonts = Fonts(path, value, options.Fonts) },
                _ => Refuse(path, options, $"unknown option \"{member.Name}\"; allowed: {Known}"),
            };
        }

        // A marker set by hand on a printer that says nothing would leave every slip in doubt.
        if (options.Status == EscPosStatus.None && json.TryGetProperty("marker", out _) && options.Marker != EscPosMarker.None)
            Refuse("options.marker", options, "needs a printer that answers; allowed with \"status\": \"none\": none");
        return options.Status == EscPosStatus.None ? options with { Marker = EscPosMarker.None, Clear = EscPosClear.None } : Fit(options, json);
    }

    /// <summary>A narrower line set by hand keeps the dots of a character; a wider one is a mistake unless the dots are given too.</summary>
    private EscPosOptions Fit(EscPosOptions options, JsonElement json) =>
        options.Columns * RasterText.CellWidth <= options.Dots ? options
        : json.TryGetProperty("columns", out _) || json.TryGetProperty("dots", out _)
            ? Refuse("options.columns", options, $"{options.Columns} columns of {RasterText.CellWidth} dots do not fit on {options.Dots} dots; "
                + $"allowed: up to {options.Dots / RasterText.CellWidth}, or more \"dots\"")
            : options;

    private T Word<T>(string path, JsonElement value, IReadOnlyDictionary<string, T> words, T otherwise) =>
        value.ValueKind == JsonValueKind.String && words.TryGetValue(value.GetString()!, out var meaning)
            ? meaning
            : Refuse(path, otherwise, $"{value.GetRawText()} is not known; allowed: {string.Join(", ", words.Keys)}");

    private double Number(string path, JsonElement value, double otherwise, double least, double most, bool whole) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most && (!whole || number == Math.Floor(number))
            ? number
            : Refuse(path, otherwise, string.Create(
                CultureInfo.InvariantCulture, $"{value.GetRawText()} is not allowed; allowed: {(whole ? "a whole number" : "a number")} from {least} to {most}"));

    private TimeSpan Seconds(string path, JsonElement value, TimeSpan otherwise, double least, double most) =>
        TimeSpan.FromSeconds(Number(path, value, otherwise.TotalSeconds, least, most, whole: false));

    private ImmutableArray<string> Fonts(string path, JsonElement value, ImmutableArray<string> otherwise) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= FontLimit
            && value.EnumerateArray().All(font => font.ValueKind == JsonValueKind.String && font.GetString()!.StartsWith('/'))
            ? [.. value.EnumerateArray().Select(font => font.GetString()!)]
            : Refuse(path, otherwise, $"must be a list of at most {FontLimit} absolute paths of font files, as [\"/usr/share/fonts/x.ttc#2\"]");

    private T Refuse<T>(string path, T otherwise, string message)
    {
        _mistakes.Add(new SettingMistake(path, message));
        return otherwise;
    }
}
