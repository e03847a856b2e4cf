using System.Text.Json;

namespace Kiosk.Hardware.Tests;

/// <summary>What stands in <c>hardware/boards</c> is what somebody copies: it must be right.</summary>
public sealed class BoardTests
{
    public static TheoryData<string> Boards => [.. Directory.EnumerateDirectories(Folder()).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Devices_of_the_page_have_no_mistakes(string board)
    {
        var page = File.ReadAllText(Path.Combine(Folder(), board, "README.md"));
        var devices = JsonText.Parse(page.Split("```json")[1].Split("```")[0]).EnumerateArray().Select(Settings).ToList();

        Assert.NotEmpty(devices);
        Assert.Empty(devices.SelectMany(device => DriverCatalog.Check(device).Select(mistake => $"{device.Id}: {mistake.Path} {mistake.Message}")));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Every_line_of_keys_and_lamps_is_in_the_pin_map_and_the_pin_map_on_the_page(string board)
    {
        var page = File.ReadAllText(Path.Combine(Folder(), board, "README.md"));
        var map = JsonText.Parse(File.ReadAllText(Path.Combine(Folder(), board, "pins.json")));
        var keys = JsonText.Parse(page.Split("```json")[1].Split("```")[0]).EnumerateArray().Single(device => device.GetProperty("driver").GetString() == "gpio-buttons");
        var lines = new[] { "lines", "lamps" }.SelectMany(part => keys.GetProperty("options").GetProperty(part).EnumerateObject().Select(line => line.Name)).ToList();
        var pins = map.GetProperty("pins").EnumerateArray().ToList();

        Assert.Equal($"gpio:{map.GetProperty("chip").GetString()}", keys.GetProperty("link").GetString());
        Assert.Equal(lines.Count, lines.Intersect(pins.Select(pin => pin.GetProperty("name").GetString()!)).Count());
        Assert.Equal(pins.Count, pins.Select(pin => pin.GetProperty("pin").GetInt32()).Distinct().Count());
        foreach (var pin in pins.Where(pin => pin.TryGetProperty("offset", out _)))
        {
            Assert.Contains($"GPIO{pin.GetProperty("offset").GetInt32()}", page.Split('\n').Single(row => Row(row).Contains(pin.GetProperty("pin").GetInt32())), StringComparison.Ordinal);
        }
    }

    /// <summary>The header pins that a row of the wiring table is about.</summary>
    private static IEnumerable<int> Row(string row) =>
        row.StartsWith("| ", StringComparison.Ordinal) && row.Contains("GPIO", StringComparison.Ordinal)
            ? row.Split('|', StringSplitOptions.TrimEntries).Skip(1).First().Split(", ").Select(pin => int.TryParse(pin, out var number) ? number : 0)
            : [];

    private static DeviceSettings Settings(JsonElement device) => new(
        device.GetProperty("id").GetString()!, device.GetProperty("driver").GetString()!, device.GetProperty("link").GetString()!, device.GetProperty("options"));

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "hardware", "boards");
    }
}
