using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>Printed = issued, seen from the hall: what happens to tickets while the printer is in trouble.</summary>
public sealed class PrintingTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        // A printer that can be told to recover from its cutter's error: the slip comes again as a COPY.
        _hall = await RunningHall.StartAsync(profile => profile["devices"]![0]!["options"]!["clear"] = "enq");
        await PrinterAsync("ok");
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Empty_printer_stops_nobody_from_taking_a_number_and_prints_it_when_paper_is_loaded()
    {
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "out" });
        await PrinterAsync("out-of-service", "out-of-paper");
        var ticket = await TakeAsync();
        Assert.Equal("queued", (string)(await _hall.GetAsync($"tickets/{ticket}"))["slip"]!);
        Assert.Equal("degraded", (string)(await _hall.GetAsync("health"))["status"]!);

        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "ok" });

        await _hall.SlipAsync(ticket, "printed");
        Assert.Single(await _hall.PaperAsync());
    }

    [Theory]
    [InlineData("cover", "open", "closed", "cover-open")]
    [InlineData("power", "off", "on", "disconnected")]
    public async Task Printer_comes_back_by_itself_and_prints_what_waited_once(string control, string broken, string mended, string fault)
    {
        await _hall.PostAsync($"emulators/ticket-printer/{control}", new { state = broken });
        await PrinterAsync("out-of-service", fault);
        var tickets = new[] { await TakeAsync(), await TakeAsync() };

        await _hall.PostAsync($"emulators/ticket-printer/{control}", new { state = mended });

        foreach (var ticket in tickets) await _hall.SlipAsync(ticket, "printed");
        Assert.Equal(2, (await _hall.PaperAsync()).Count);
    }

    [Fact]
    public async Task Slip_that_stopped_at_the_cutter_comes_again_as_a_copy_with_the_same_number()
    {
        await _hall.PostAsync("emulators/ticket-printer/cutter", new { state = "jammed" });
        var ticket = await TakeAsync();
        await _hall.SlipAsync(ticket, "halted");

        await _hall.PostAsync("emulators/ticket-printer/cutter", new { state = "ok" });

        var printed = await _hall.SlipAsync(ticket, "printed");
        Assert.Equal(1, (int)printed["copies"]!);
        var paper = await _hall.PaperAsync();
        Assert.Equal(2, paper.Count);

        // What hung out of the printer is void, and not on the same piece of paper as the copy.
        Assert.Contains("A001", paper[0], StringComparison.Ordinal);
        Assert.Contains("作废", paper[0], StringComparison.Ordinal);
        Assert.Contains("补打", paper[1], StringComparison.Ordinal);
        Assert.Contains("A001", paper[1], StringComparison.Ordinal);
        Assert.DoesNotContain("作废", paper[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paper_that_ends_inside_a_slip_halts_it_and_a_new_roll_brings_the_number_out()
    {
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "ok", lines = 3 });
        var ticket = await TakeAsync();
        await _hall.SlipAsync(ticket, "halted");

        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "ok" });

        // The printer may finish by itself before its buffer is cleared, or the slip comes again as a COPY: never both.
        await _hall.SlipAsync(ticket, "printed");
        Assert.Single(await _hall.PaperAsync(), slip => slip.Contains("A001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("epson-tm-t82-gb18030", "dc4", 1)]
    [InlineData("xprinter-80", "none", 0)]
    public async Task Roll_that_ends_inside_a_slip_brings_one_copy_where_the_buffer_can_be_cleared_and_else_the_rest_of_the_original_and_never_both(string model, string clear, int copies)
    {
        await _hall.DisposeAsync();
        _hall = await RunningHall.StartAsync(profile => profile["devices"]![0]!["options"] = new JsonObject { ["profile"] = model, ["clear"] = clear });
        await PrinterAsync("ok");
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "ok", lines = 3 });
        var ticket = await TakeAsync();
        await _hall.SlipAsync(ticket, "halted");

        // While it takes and does not print, a printer with DLE DC4 is cleared before it could go on by itself.
        if (copies > 0) await _hall.PostAsync("emulators/ticket-printer/misbehave", new { mode = "stall" });
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "ok" });
        if (copies > 0) await _hall.UntilAsync($"tickets/{ticket}", shape => (int)shape["copies"]! == 1);
        await _hall.PostAsync("emulators/ticket-printer/misbehave", new { mode = "none" });
        Assert.Equal(copies, (int)(await _hall.SlipAsync(ticket, "printed"))["copies"]!);

        // The next ticket is behind everything that would still have come.
        await _hall.SlipAsync(await TakeAsync(), "printed");
        var paper = await _hall.PaperAsync();
        Assert.Equal(3, paper.Count);
        Assert.DoesNotContain("A001", paper[0], StringComparison.Ordinal);
        Assert.Contains("A001", paper[1], StringComparison.Ordinal);
        Assert.Equal(copies > 0, paper[1].Contains("补打 1", StringComparison.Ordinal));
        Assert.Contains("A002", paper[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printer_that_dies_inside_a_slip_leaves_it_in_doubt_until_staff_ask_for_a_copy()
    {
        await _hall.PostAsync("emulators/ticket-printer/misbehave", new { mode = "reset-after", bytes = 120 });
        var ticket = await TakeAsync();
        await _hall.SlipAsync(ticket, "in-doubt");
        await _hall.PostAsync("emulators/ticket-printer/misbehave", new { mode = "none" });
        await _hall.PostAsync("emulators/ticket-printer/power", new { state = "on" });
        await PrinterAsync("ok");
        Assert.Equal("in-doubt", (string)(await _hall.GetAsync($"tickets/{ticket}"))["slip"]!);

        Assert.Equal(200, (await _hall.PostAsync($"tickets/{ticket}/print")).Status);

        Assert.Equal(1, (int)(await _hall.SlipAsync(ticket, "printed"))["copies"]!);
        var paper = await _hall.PaperAsync();
        Assert.Contains("作废", paper[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("作废", paper[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slip_that_still_waits_is_not_asked_for_twice()
    {
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "out" });
        await PrinterAsync("out-of-service", "out-of-paper");
        var ticket = await TakeAsync();

        Assert.Equal((409, "slip-pending"), (await _hall.PostAsync($"tickets/{ticket}/print")) is var (status, problem, _) ? (status, (string)problem["reason"]!) : default);
    }

    private async Task<string> TakeAsync() => (string)(await _hall.PostAsync("tickets", new { service = "pay" })).Body["id"]!;

    private Task<JsonNode> PrinterAsync(string state, string? fault = null) => _hall.UntilAsync("devices", devices =>
        devices.AsArray().First(device => (string)device!["id"]! == "ticket-printer") is { } printer && (string)printer["state"]! == state && (string?)printer["fault"] == fault);
}
