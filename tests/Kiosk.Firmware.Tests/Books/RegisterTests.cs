using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Books;

/// <summary>The equipment register: what devices say of themselves, and what people report.</summary>
public sealed class RegisterTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync();

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Printer_without_paper_is_in_the_register_once_also_after_a_restart_until_it_works_again()
    {
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "out" });
        var broken = await PrinterAsync(line => line["open"]!.AsArray().Count == 1);
        Assert.Equal(("OutOfPaper", 1), ((string)broken["open"]![0]!["what"]!, (int)broken["faultsToday"]!));

        // The emulator of the next life has paper: the outage that the journal knows ends.
        var data = _hall.Data;
        await _hall.StopAsync();
        _hall = await RunningHall.StartAsync(data: data);
        var mended = await PrinterAsync(line => line["open"]!.AsArray().Count == 0 && (string)line["state"]! == "ok");

        Assert.Equal(1, (int)mended["faultsIn30Days"]!);
        Assert.InRange((int)mended["downtimeTodaySeconds"]!, 0, 120);
    }

    [Fact]
    public async Task Reported_fault_is_open_until_somebody_says_what_was_done()
    {
        var (created, fault, _) = await _hall.PostAsync("faults", new { equipment = "Air conditioner", what = "drips" }, "k1");
        var repeated = await _hall.PostAsync("faults", new { equipment = "Air conditioner", what = "drips" }, "k1");
        Assert.Equal((201, (string)fault["id"]!), (created, (string)repeated.Body["id"]!));
        Assert.Equal("drips", (string)(await LineAsync("Air conditioner"))["open"]![0]!["what"]!);

        var (mended, done, _) = await _hall.PostAsync($"faults/{fault["id"]}/mend", new { what = "new hose" });
        var again = await _hall.PostAsync($"faults/{fault["id"]}/mend", new { what = "another" });

        Assert.Equal((200, "new hose", "new hose"), (mended, (string)done["mended"]!, (string)again.Body["mended"]!));
        Assert.Empty((await LineAsync("Air conditioner"))["open"]!.AsArray());
    }

    [Fact]
    public async Task Fault_without_words_is_refused_with_the_name_of_the_field()
    {
        var (status, problem, _) = await _hall.PostAsync("faults", new { equipment = "door" });

        Assert.Equal((400, "what"), (status, (string)problem["field"]!));
        Assert.Equal(404, (await _hall.PostAsync("faults/none/mend", new { what = "x" })).Status);
    }

    private async Task<JsonNode> LineAsync(string name) => (await _hall.GetAsync("equipment")).AsArray().Single(line => (string)line!["equipment"]! == name)!;

    private async Task<JsonNode> PrinterAsync(Func<JsonNode, bool> so) =>
        (await _hall.UntilAsync("equipment", lines => so(lines.AsArray().First(line => (string)line!["equipment"]! == "ticket-printer")!)))
        .AsArray().First(line => (string)line!["equipment"]! == "ticket-printer")!;
}
