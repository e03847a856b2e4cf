using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Ht16k33;

/// <param name="Bus">Null when emulated.</param>
/// <param name="Panels">Number and address of each.</param>
internal sealed record Ht16k33Options(
    I2cAddress? Bus, IReadOnlyList<(int Panel, int Address)> Panels, Ht16k33Layout Layout, DayPlan Brightness, TimeSpan Refresh)
{
    /// <summary>What the three address pins can choose. Source: data sheet, "I2C Serial Interface".</summary>
    public const int LowestAddress = 0x70, HighestAddress = 0x77;

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static Ht16k33Options Of(DeviceSettings settings)
    {
        var (options, mistakes) = Read(settings);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    public static (Ht16k33Options Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings)
    {
        var mistakes = new List<SettingMistake>();
        var options = new OptionReader(settings.Options, "options", mistakes);
        I2cAddress? bus = null;
        if (!settings.Emulated && !I2cAddress.TryParse(settings.Link, out bus, out var message)) mistakes.Add(new("link", message));
        if (bus?.Chip is < LowestAddress or > HighestAddress) mistakes.Add(new("link", $"\"{settings.Link}\": an HT16K33 has an address from 0x70 to 0x77"));
        var names = Ht16k33Layout.All.Select(layout => layout.Name);
        var layout = options.Has("layout") ? options.OneOf("layout", names) : null;
        var read = new Ht16k33Options(
            bus,
            PanelList.Addressed(options, mistakes, (panel, _) => AddressOf(panel, bus?.Chip ?? LowestAddress)),
            Ht16k33Layout.All.FirstOrDefault(known => known.Name == layout) ?? Ht16k33Layout.All[0],
            options.DayPlan("brightness", 8, 0, 15),
            TimeSpan.FromSeconds(options.Number("refreshSeconds", 5, 1, 60)));
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static int? AddressOf(OptionReader panel, int alone)
    {
        if (!panel.Has("address")) return alone;
        if (panel.Text("address") is { } text && I2cAddress.TryParseChip(text, out var address) && address is >= LowestAddress and <= HighestAddress) return address;
        panel.Refuse("address", "must be from \"0x70\" to \"0x77\", as a text");
        return null;
    }
}
