using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Max7219;

/// <param name="Panels">Numbers of the panels, nearest to the host first.</param>
/// <param name="LeftDigit">8 where digit register 8 is the leftmost place, as on most modules; 1 where register 1 is.</param>
/// <param name="Matrix">Null for seven segments.</param>
internal sealed record Max7219Options(
    string Path, IReadOnlyList<int> Panels, DayPlan Brightness, TimeSpan Refresh, int SpeedHz, int LeftDigit, MatrixLayout? Matrix = null)
{
    public const string Scheme = "spi";

    /// <summary>The longest cable run that one host should drive; 64 chips are a frame of 128 bytes.</summary>
    private const int MostChips = 64;

    private const int MostModules = 16, UsualModules = 4;

    public int ChipsPerPanel => Matrix?.Modules ?? 1;

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
        var dots = options.Has("face") && options.OneOf("face", ["segments", "matrix"]) == "matrix";
        var read = new Max7219Options(
            PathOf(settings, mistakes),
            PanelList.Numbers(options, mistakes),
            options.DayPlan("brightness", 8, 0, 15),
            TimeSpan.FromSeconds(options.Number("refreshSeconds", 5, 1, 60)),
            options.Number("speedHz", 1_000_000, 1000, SpiLink.FastestHz),
            dots ? 1 : LeftDigitOf(options),
            dots ? LayoutOf(options) : null);
        var chips = read.Panels.Count * read.ChipsPerPanel;
        if (chips > MostChips) mistakes.Add(new("options.panels", $"has {read.Panels.Count} panels of {read.ChipsPerPanel} chips; at most {MostChips} chips in one chain"));
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static int LeftDigitOf(OptionReader options)
    {
        var digit = options.Number("leftDigit", 8, 1, 8);
        if (digit is not (1 or 8)) options.Refuse("leftDigit", "must be 8 or 1");
        return digit;
    }

    private static MatrixLayout LayoutOf(OptionReader options)
    {
        var rotation = options.Number("rotation", 0, 0, 270);
        if (rotation % 90 != 0) options.Refuse("rotation", "must be 0, 90, 180 or 270");
        return new MatrixLayout(
            options.Number("modulesPerPanel", UsualModules, 1, MostModules),
            rotation,
            options.Flag("mirrored", false),
            !options.Has("firstModule") || options.OneOf("firstModule", ["right", "left"]) == "right");
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
}
