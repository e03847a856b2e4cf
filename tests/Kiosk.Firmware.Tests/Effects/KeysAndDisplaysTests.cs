using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>From the edge on a line to the segments of a display, on the wire.</summary>
public sealed class KeysAndDisplaysTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        _hall = await RunningHall.StartAsync();
        await _hall.UntilAsync("devices", devices => devices.AsArray().All(device => (string)device!["state"]! == "ok"));
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Bouncing_press_makes_one_call_and_lights_the_number()
    {
        await _hall.PostAsync("tickets", new { service = "vip", print = false });
        await _hall.PostAsync("tickets", new { service = "vip", print = false });
        await _hall.PostAsync("emulators/call-keys/press", new { panel = 6, key = "next", ms = 80, bounce = 5 });

        await ShowsAsync(6, "V001");

        Assert.Equal(1, (int)(await _hall.GetAsync("hall"))["services"]!.AsArray().First(s => (string)s!["id"]! == "vip")!["waiting"]!);
    }

    [Fact]
    public async Task Second_press_of_a_one_key_panel_recalls_and_never_calls_the_next()
    {
        await _hall.PostAsync("tickets", new { service = "pay", print = false });
        await _hall.PostAsync("tickets", new { service = "pay", print = false });
        await _hall.PostAsync("emulators/call-keys/press", new { panel = 1, key = "one", ms = 80 });
        await ShowsAsync(1, "A001");
        await _hall.PostAsync("emulators/call-keys/press", new { panel = 1, key = "one", ms = 80 });

        var hall = await _hall.UntilAsync("hall", shape => (int)Counter(shape, 1)["calls"]! == 2);

        Assert.Equal("A001", (string)Counter(hall, 1)["number"]!);
    }

    [Fact]
    public async Task Lamp_of_the_panel_says_whether_the_press_had_its_effect()
    {
        await _hall.PostAsync("emulators/call-keys/press", new { panel = 6, key = "recall" });
        await FlashedAsync(6, 3);

        await _hall.PostAsync("tickets", new { service = "vip", print = false });
        await _hall.PostAsync("emulators/call-keys/press", new { panel = 6, key = "next" });

        await FlashedAsync(6, 4);
    }

    private Task FlashedAsync(int panel, int times) => _hall.UntilAsync("emulators/call-keys", emulator =>
        emulator["look"]!["lamps"]!.AsArray().First(lamp => (int)lamp!["panel"]! == panel) is { } shown && (int)shown["flashes"]! == times && !(bool)shown["lit"]!);

    [Fact]
    public async Task Display_that_lost_its_power_shows_the_number_again_by_itself()
    {
        await _hall.PostAsync("tickets", new { service = "pay", print = false });
        await _hall.PostAsync("counters/2/open");
        await _hall.PostAsync("counters/2/next");
        await ShowsAsync(2, "A001");

        await _hall.PostAsync("emulators/counter-displays/power", new { state = "cycle" });

        await ShowsAsync(2, "A001");
    }

    private static JsonNode Counter(JsonNode hall, int number) => hall["counters"]!.AsArray().First(c => (int)c!["counter"]! == number)!;

    private Task ShowsAsync(int panel, string text) => _hall.UntilAsync("emulators/counter-displays", emulator =>
        ((string)emulator["look"]!["panels"]!.AsArray().First(p => (int)p!["panel"]! == panel)!["text"]!).Trim() == text);
}
