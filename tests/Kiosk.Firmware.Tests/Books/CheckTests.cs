using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Books;

/// <summary>The check before opening and after closing, from the button to the signature in the journal.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync()
    {
        _hall = await RunningHall.StartAsync();
        await DevicesAsync("ok");
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Check_looks_at_every_device_and_at_broker_disk_clock_and_journal()
    {
        var (status, check, _) = await _hall.PostAsync("checks", new { kind = "opening" });

        Assert.Equal((201, "finished", true), (status, (string)check["state"]!, (bool)check["passed"]!));
        Assert.Equal(["ticket-printer", "call-keys", "counter-displays", "announcer", "card-terminal", "notes", "coins", "broker", "disk", "clock", "journal"], check["items"]!.AsArray().Select(item => (string)item!["id"]!));
    }

    [Fact]
    public async Task Check_that_passed_is_signed_once_and_stays_signed_after_a_restart()
    {
        var id = (string)(await _hall.PostAsync("checks", new { kind = "opening" })).Body["id"]!;

        var (status, signed, _) = await _hall.PostAsync($"checks/{id}/sign", new { remark = "as every day" });
        var again = await _hall.PostAsync($"checks/{id}/sign", new { remark = "something else" });

        Assert.Equal((200, "signed", "as every day"), (status, (string)signed["state"]!, (string)signed["remark"]!));
        Assert.Equal((200, "as every day", (string)signed["signedAt"]!), (again.Status, (string)again.Body["remark"]!, (string)again.Body["signedAt"]!));
        var data = _hall.Data;
        await _hall.StopAsync();
        _hall = await RunningHall.StartAsync(data: data);
        var past = (await _hall.GetAsync("checks"))["past"]!.AsArray();
        Assert.Equal((id, "opening", 11), ((string)Assert.Single(past)!["id"]!, (string)past[0]!["kind"]!, past[0]!["items"]!.AsArray().Count));
    }

    [Fact]
    public async Task Check_with_a_fault_is_signed_only_with_a_remark()
    {
        await _hall.PostAsync("emulators/ticket-printer/paper", new { state = "out" });
        await DevicesAsync("out-of-service", "ticket-printer");
        var (_, check, _) = await _hall.PostAsync("checks", new { kind = "closing" });
        var printer = check["items"]!.AsArray().Single(item => !(bool)item!["ok"]!)!;
        Assert.Equal(("ticket-printer", "OutOfPaper", false), ((string)printer["id"]!, (string)printer["fault"]!, (bool)check["passed"]!));

        var bare = await _hall.PostAsync($"checks/{check["id"]}/sign", new { remark = "  " });
        var (status, signed, _) = await _hall.PostAsync($"checks/{check["id"]}/sign", new { remark = "paper is on its way, call 13812345678" });

        Assert.Equal((400, "remark"), (bare.Status, (string)bare.Body["field"]!));
        Assert.Equal((200, false, "paper is on its way, call *******5678"), (status, (bool)signed["passed"]!, (string)signed["remark"]!));
    }

    [Fact]
    public async Task Only_the_check_that_was_seen_last_can_be_signed()
    {
        var first = (string)(await _hall.PostAsync("checks", new { kind = "opening" })).Body["id"]!;
        await _hall.PostAsync("checks", new { kind = "opening" });

        var (status, problem, _) = await _hall.PostAsync($"checks/{first}/sign");

        Assert.Equal((404, "unknown-check"), (status, (string)problem["reason"]!));
    }

    [Fact]
    public async Task Kind_of_a_check_is_opening_or_closing()
    {
        var (status, problem, _) = await _hall.PostAsync("checks", new { kind = "sometimes" });

        Assert.Equal((400, "kind", "opening,closing"), (status, (string)problem["field"]!, string.Join(',', problem["allowed"]!.AsArray().Select(kind => (string)kind!))));
    }

    [Fact]
    public async Task Page_runs_and_signs_without_a_script()
    {
        using var run = await _hall.Http.PostAsync("/manager/check/run", new FormUrlEncodedContent(new Dictionary<string, string> { ["kind"] = "opening" }));
        Assert.Equal((HttpStatusCode.OK, "/manager/check"), (run.StatusCode, run.RequestMessage!.RequestUri!.AbsolutePath));
        var finished = await _hall.UntilAsync("checks", checks => (string?)checks["current"]?["state"] == "finished");

        using var sign = await _hall.Http.PostAsync("/manager/check/sign", new FormUrlEncodedContent(new Dictionary<string, string> { ["check"] = (string)finished["current"]!["id"]! }));

        Assert.Equal("?said=done.signed", sign.RequestMessage!.RequestUri!.Query);
        Assert.Equal(Checks.Opening, Assert.Single(_hall.The<BookKeeper>().Current.Checks.Entries).Kind);
    }

    [Fact]
    public async Task Today_warns_until_the_check_before_opening_is_signed()
    {
        const string warning = "Today&#x27;s check before opening has not been signed";
        Assert.Contains(warning, await TodayAsync(), StringComparison.Ordinal);

        var id = (string)(await _hall.PostAsync("checks", new { kind = "opening" })).Body["id"]!;
        await _hall.PostAsync($"checks/{id}/sign");

        Assert.DoesNotContain(warning, await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_is_closed_now_from_the_page_and_who_is_left_counts_as_abandoned()
    {
        await _hall.PostAsync("tickets", new { service = "pay", print = false });

        using var closed = await _hall.Http.PostAsync("/manager/day", new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = "close-now" }));

        Assert.Equal((HttpStatusCode.OK, ""), (closed.StatusCode, closed.RequestMessage!.RequestUri!.Query));
        Assert.Equal("closed", (string)(await _hall.GetAsync("hall"))["state"]!);
    }

    private Task<string> TodayAsync() => _hall.Http.GetStringAsync("/manager?lang=en");

    private Task<JsonNode> DevicesAsync(string state, string? only = null) => _hall.UntilAsync("devices", devices =>
        devices.AsArray().Where(device => only is null || (string)device!["id"]! == only).All(device => (string)device!["state"]! == state));
}
