using System.Text.Json;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Max7219;

/// <param name="Panels">Numbers of the panels, nearest to the host first.</param>
/// <param name="LeftDigit">8 where digit register 8 is the leftmost place, as on most modules; 1 where register 1 is.</param>
internal sealed record Max7219Options(string Path, IReadOnlyList<int> Panels, int Brightness, TimeSpan Refresh, int SpeedHz, int LeftDigit)
{
    public const string Scheme = "spi";

    /// <summary>The longest cable run that one host should drive; 64 chips are a frame of 128 bytes.</summary>
    private const int MostPanels = 64;

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static Max7219Options Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (Max7219Options Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>();
        var options = new OptionReader(settings.Options, "options", mistakes);
        var read = new Max7219Options(
            PathOf(settings, mistakes),
            PanelsOf(options, mistakes),
            options.Number("brightness", 8, 0, 15),
            TimeSpan.FromSeconds(options.Number("refreshSeconds", 5, 1, 60)),
            options.Number("speedHz", 1_000_000, 1000, SpiLink.FastestHz),
            options.Number("leftDigit", 8, 1, 8));
        if (read.LeftDigit is not (1 or 8)) mistakes.Add(new("options.leftDigit", "must be 8 or 1"));
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static string PathOf(DeviceSettings settings, List<SettingMistake> mistakes)
    {
        if (settings.Emulated) return "";
        if (Uri.TryCreate(settings.Link, UriKind.Absolute, out var link) && link is { Scheme: Scheme, Host: "", Query: "", AbsolutePath.Length: > 1 })
        {
            return link.AbsolutePath;
        }

        mistakes.Add(new("link", $"\"{settings.Link}\" is not spi:///dev/spidevB.C (bus B, chip select C) or emulated:"));
        return "";
    }

    private static List<int> PanelsOf(OptionReader options, List<SettingMistake> mistakes)
    {
        var panels = new List<int>();
        var elements = options.Elements("panels");
        for (var i = 0; i < elements.Count; i++)
        {
            var path = $"options.panels[{i}]";
            if (!IsNumber(elements[i], out var panel) || panel is < 1 or > 999) mistakes.Add(new(path, "must be a whole number from 1 to 999"));
            else if (panels.Contains(panel)) mistakes.Add(new(path, $"panel {panel} is in the chain already"));
            else panels.Add(panel);
        }

        if (elements.Count > MostPanels) mistakes.Add(new("options.panels", $"has {elements.Count} panels; at most {MostPanels} in one chain"));
        return panels;
    }

    private static bool IsNumber(JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out number);
    }
}
