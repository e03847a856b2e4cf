using System.Globalization;
using System.Text.Json;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <param name="Line">Line name, or <c>offset:N</c>.</param>
/// <param name="Key">Null for the only key of its panel.</param>
internal sealed record LineKey(string Line, int Panel, PanelKey? Key)
{
    /// <summary>As in the settings: <c>no-show</c>, <c>one</c>.</summary>
    public string KeyName => GpioButtonsOptions.KeyNames.First(name => name.Value == Key).Key;

    public override string ToString() => $"{Line} (panel {Panel}, {KeyName})";
}

/// <param name="Line">Line name, or <c>offset:N</c>.</param>
internal sealed record PanelLamp(string Line, int Panel);

/// <param name="LampsActiveLow">A lamp is lit by pulling its line down.</param>
internal sealed record GpioButtonsOptions(
    string Chip, IReadOnlyList<LineKey> Keys, GpioRequest Request, GestureTimes Times, IReadOnlyList<PanelLamp> Lamps, bool LampsActiveLow)
{
    public const string Scheme = "gpio";

    public static IReadOnlyDictionary<string, PanelKey?> KeyNames { get; } = new Dictionary<string, PanelKey?>
    {
        ["next"] = PanelKey.Next,
        ["recall"] = PanelKey.Recall,
        ["begin"] = PanelKey.Begin,
        ["finish"] = PanelKey.Finish,
        ["no-show"] = PanelKey.NoShow,
        ["hold"] = PanelKey.Hold,
        ["pause"] = PanelKey.Pause,
        ["one"] = null,
    };

    /// <summary>Settings that have been checked.</summary>
    /// <exception cref="ArgumentException">They have mistakes: a bug of the caller.</exception>
    public static GpioButtonsOptions Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (GpioButtonsOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>();
        var options = new OptionReader(settings.Options, "options", mistakes);
        var chip = ChipOf(settings, mistakes);
        var keys = Lines(options, mistakes);
        var times = new GestureTimes
        {
            RecallWithin = options.Milliseconds("recallWithinMs", 3000, 0, 60_000),
            NextBelow = options.Milliseconds("nextBelowMs", 800, 50, 60_000),
            NoShowAfter = options.Milliseconds("noShowAfterMs", 1500, 50, 60_000),
            PauseAfter = options.Milliseconds("pauseAfterMs", 4000, 50, 60_000),
            StuckAfter = TimeSpan.FromSeconds(options.Number("stuckAfterSeconds", 60, 1, 86_400)),
        };
        if (times.NextBelow > times.NoShowAfter) mistakes.Add(new("options.noShowAfterMs", "must not be less than nextBelowMs"));
        if (times.NoShowAfter >= times.PauseAfter) mistakes.Add(new("options.pauseAfterMs", "must be greater than noShowAfterMs"));
        if (times.PauseAfter >= times.StuckAfter) mistakes.Add(new("options.stuckAfterSeconds", "must be longer than pauseAfterMs"));

        var debounce = options.Milliseconds("debounceMs", 10, 0, 1000);
        var request = new GpioRequest([.. keys.Select(key => key.Line)], options.Flag("activeLow", true), options.Flag("pullUp", true), debounce);
        var lamps = LampsOf(options, keys, mistakes);
        var lampsActiveLow = options.Flag("lampsActiveLow", false);
        options.RefuseOthers();
        return (new(chip, keys, request, times, lamps, lampsActiveLow), mistakes);
    }

    private static List<PanelLamp> LampsOf(OptionReader options, List<LineKey> keys, List<SettingMistake> mistakes)
    {
        var lamps = new List<PanelLamp>();
        if (!options.Has("lamps")) return lamps;
        foreach (var (line, value) in options.Members("lamps"))
        {
            var path = $"options.lamps.{line}";
            if (!NamesALine(line)) mistakes.Add(new(path, "must be a line name or offset:N with N from 0"));
            if (keys.Exists(key => key.Line == line) || lamps.Exists(lamp => lamp.Line == line)) mistakes.Add(new(path, "is used already: a line is a key or a lamp"));
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var panel) || !keys.Exists(key => key.Panel == panel))
            {
                mistakes.Add(new(path, $"must be the number of a panel with keys: {string.Join(", ", keys.Select(key => key.Panel).Distinct().Order())}"));
                continue;
            }

            lamps.Add(new(line, panel));
        }

        if (lamps.Count > GpioAbi.MostLines) mistakes.Add(new("options.lamps", $"has {lamps.Count} lines; at most {GpioAbi.MostLines} of one chip"));
        return lamps;
    }

    private static string ChipOf(DeviceSettings settings, List<SettingMistake> mistakes)
    {
        if (settings.Emulated) return "";
        const string prefix = Scheme + ":";
        if (settings.Link.StartsWith(prefix, StringComparison.Ordinal) && settings.Link.Length > prefix.Length) return settings.Link[prefix.Length..];
        mistakes.Add(new("link", $"\"{settings.Link}\" is not gpio:LABEL (as gpio:pinctrl-bcm2711), gpio:/dev/gpiochipN or emulated:"));
        return "";
    }

    private static List<LineKey> Lines(OptionReader options, List<SettingMistake> mistakes)
    {
        var keys = new List<LineKey>();
        foreach (var (line, value) in options.Members("lines"))
        {
            var path = $"options.lines.{line}";
            if (!NamesALine(line)) mistakes.Add(new(path, "must be a line name or offset:N with N from 0"));
            if (value.ValueKind != JsonValueKind.Object)
            {
                mistakes.Add(new(path, "must be an object {\"panel\": number, \"key\": name}"));
                continue;
            }

            var entry = new OptionReader(value, path, mistakes);
            var panel = entry.RequiredNumber("panel", 1, 999);
            var name = entry.OneOf("key", KeyNames.Keys);
            entry.RefuseOthers();
            if (panel is not { } number || name is null) continue;

            var key = new LineKey(line, number, KeyNames[name]);
            if (keys.Find(other => other.Line == line) is not null) mistakes.Add(new(path, "is given twice"));
            var clash = keys.Find(other => other.Panel == number && (other.Key == key.Key || other.Key is null || key.Key is null));
            if (clash is not null && clash.Key == key.Key) mistakes.Add(new($"{path}.key", $"{clash} is the same key already"));
            else if (clash is not null) mistakes.Add(new($"{path}.key", $"a panel with key \"one\" has no other key, but {clash} is on it"));
            keys.Add(key);
        }

        if (keys.Count > GpioAbi.MostLines) mistakes.Add(new("options.lines", $"has {keys.Count} lines; at most {GpioAbi.MostLines} of one chip"));
        return keys;
    }

    private static bool NamesALine(string line)
    {
        if (!line.StartsWith(GpioRequest.OffsetPrefix, StringComparison.Ordinal)) return line.Length > 0;

        // One way to write each number: "offset:07" beside "offset:7" would ask for the line twice.
        var digits = line[GpioRequest.OffsetPrefix.Length..];
        return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && offset.ToString(CultureInfo.InvariantCulture) == digits;
    }
}
