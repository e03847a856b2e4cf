using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Devices;

/// <summary>Health, history, paper and scripts over the API of a whole hall.</summary>
public sealed class DeviceApiTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        _hall = await RunningHall.StartAsync();
        await _hall.UntilAsync("devices", devices => (string)Printer(devices)["state"]! == "ok");
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Health_says_of_each_device_why_since_when_and_what_to_do()
    {
        await _hall.PostAsync("emulators/ticket-printer/cover", new { state = "open" });
        var health = await _hall.UntilAsync("health", all => (string?)Printer(all["devices"]!)["fault"] == "cover-open");

        Assert.Equal("Close the cover until it clicks.", (string)Printer(health["devices"]!)["advice"]!);
        Assert.InRange(DateTimeOffset.UtcNow - (DateTimeOffset)Printer(health["devices"]!)["since"]!, TimeSpan.Zero, RunningHall.Watchdog);
        Assert.All(health["devices"]!.AsArray().Where(device => device!["fault"] is null), device => Assert.Null(device!["advice"]));

        await _hall.PostAsync("emulators/ticket-printer/cover", new { state = "closed" });
        await _hall.UntilAsync("health", all => (string)all["status"]! == "ok");
    }

    [Fact]
    public async Task History_of_a_device_has_its_outages_and_its_share_of_time_in_service()
    {
        await _hall.PostAsync("emulators/ticket-printer/power", new { state = "off" });
        var out1 = await _hall.UntilAsync("devices/ticket-printer/faults", history => history["faults"]!.AsArray().Count == 1);
        Assert.Equal(("disconnected", null), ((string)out1["faults"]![0]!["fault"]!, (string?)out1["faults"]![0]!["until"]));

        await _hall.PostAsync("emulators/ticket-printer/power", new { state = "on" });
        var over = await _hall.UntilAsync("devices/ticket-printer/faults?days=1", history => history["faults"]![0]!["until"] is not null);
        Assert.InRange((double)over["upPercent"]!, 99, 99.9);
        Assert.Equal("Check power and cable. It comes back by itself once it is connected.", (string)over["faults"]![0]!["advice"]!);
        Assert.Equal(100.0, (double)(await _hall.GetAsync("devices/call-keys/faults"))["upPercent"]!);
    }

    [Theory]
    [InlineData("devices/no-such/faults", HttpStatusCode.NotFound)]
    [InlineData("devices/ticket-printer/faults?days=0", HttpStatusCode.BadRequest)]
    [InlineData("devices/ticket-printer/faults?days=week", HttpStatusCode.BadRequest)]
    [InlineData("emulators/no-such/script", HttpStatusCode.NotFound)]
    [InlineData("emulators/ticket-printer/script", HttpStatusCode.NotFound)]
    public async Task Wrong_question_is_refused(string path, HttpStatusCode status)
    {
        using var answer = await _hall.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task New_roll_is_counted_from_a_press_that_has_a_name()
    {
        Assert.Null(Printer(await _hall.GetAsync("devices"))["paper"]!["leftPercent"]);
        using var clerk = await _hall.AsAsync("clerk");
        using var refused = await clerk.PostAsync("devices/ticket-printer/paper", null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(404, (await _hall.PostAsync("devices/call-keys/paper")).Status);

        var (status, printer, _) = await _hall.PostAsync("devices/ticket-printer/paper");

        Assert.Equal((200, 100), (status, (int)printer["paper"]!["leftPercent"]!));
        Assert.Contains("paper-loaded", await _hall.Http.GetStringAsync("audit?user=manager"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slips_use_paper()
    {
        await _hall.PostAsync("devices/ticket-printer/paper");
        var (_, ticket, _) = await _hall.PostAsync("tickets", new { service = "pay" });
        await _hall.SlipAsync((string)ticket["id"]!, "printed");

        await _hall.UntilAsync("devices", devices => (double)Printer(devices)["paper"]!["usedMetres"]! is >= 0.1 and < 0.4);
    }

    [Fact]
    public async Task Ready_script_runs_is_listed_and_can_be_stopped()
    {
        var emulators = await _hall.GetAsync("emulators");
        Assert.Equal(["paper-out", "flaky-cable", "bad-day"], Scripts(emulators, "ticket-printer"));
        Assert.Equal(["flaky-cable", "stuck-key", "bad-day"], Scripts(emulators, "call-keys"));
        Assert.Equal(["flaky-cable", "bad-day"], Scripts(emulators, "counter-displays"));

        var (status, begun, _) = await _hall.PostAsync("emulators/ticket-printer/script", new { ready = "paper-out" });
        Assert.Equal((202, "running", "paper-out"), (status, (string)begun["state"]!, (string)begun["name"]!));
        await _hall.UntilAsync("devices", devices => (string?)Printer(devices)["fault"] == "paper-near-end");
        Assert.Equal("ticket-printer", (string)(await _hall.GetAsync("emulator-scripts"))[0]!["device"]!);

        using var stopped = await _hall.Http.DeleteAsync("emulators/ticket-printer/script");
        Assert.Equal("stopped", (string)JsonNode.Parse(await stopped.Content.ReadAsStringAsync())!["state"]!);
    }

    [Fact]
    public async Task Script_with_mistakes_is_refused_with_the_step_of_each()
    {
        var (status, problem, _) = await _hall.PostAsync("emulators/ticket-printer/script", """{"steps":[{"control":"paper","arguments":{"state":"ok"}},{"control":"dance"}]}""");

        Assert.Equal((400, "steps[1].control"), (status, (string)problem["field"]!));
        Assert.Equal((400, "ready"), ((await _hall.PostAsync("emulators/ticket-printer/script", new { ready = "stuck-key" })) is var (code, body, _) ? (code, (string)body["field"]!) : default));
        Assert.Equal(400, (await _hall.PostAsync("emulators/ticket-printer/script", new { ready = "bad-day", repeat = 2 })).Status);
    }

    private static JsonNode Printer(JsonNode devices) => devices.AsArray().Single(device => (string)device!["id"]! == "ticket-printer")!;

    private static IEnumerable<string> Scripts(JsonNode emulators, string id) =>
        emulators.AsArray().Single(emulator => (string)emulator!["id"]! == id)!["scripts"]!.AsArray().Select(name => (string)name!);
}
