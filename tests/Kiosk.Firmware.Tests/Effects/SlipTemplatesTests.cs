using System.Net;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Hardware.Printers.Templates;

namespace Kiosk.Firmware.Tests.Effects;

/// <summary>How tickets look is the hall's own: seen from the page, and on paper.</summary>
public sealed class SlipTemplatesTests
{
    private const string Plain = "slip ticket\npaper\ncentre big3x3: {number}\ntext: {service}\nif copy\ntext: {copy}\nend\n", Other = "slip ticket\npaper\ntext: Nr. {number} {copy}\n";

    [Fact]
    public async Task Template_that_is_saved_holds_for_the_next_ticket_and_after_a_restart_and_can_be_undone()
    {
        var hall = await RunningHall.StartAsync();
        Assert.Contains("done.slip", await DoAsync(hall, "save", Plain), StringComparison.Ordinal);
        Assert.Equal("A001\n缴费", await PrintedAsync(hall));

        await hall.StopAsync();
        await using var again = await RunningHall.StartAsync(data: hall.Data);
        Assert.Equal("A002\n缴费", await PrintedAsync(again));
        await DoAsync(again, "save", Other);
        Assert.Equal("Nr. A003", await PrintedAsync(again));
        await DoAsync(again, "previous");
        Assert.Equal("A004\n缴费", await PrintedAsync(again));
        await DoAsync(again, "delivered");
        Assert.Contains("前面等候人数", await PrintedAsync(again), StringComparison.Ordinal);
        await DoAsync(again, "previous");
        Assert.Equal("A006\n缴费", await PrintedAsync(again));
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_with_who_did_it()
    {
        await using var hall = await RunningHall.StartAsync();
        await DoAsync(hall, "save", Plain);
        await DoAsync(hall, "delivered");

        var facts = (await hall.GetAsync("audit"))["events"]!.AsArray().Where(fact => (string)fact!["type"]! == "slip-template-changed").ToList();
        Assert.Equal(["delivered manager", "saved manager"], facts.Select(fact => $"{fact!["data"]!["what"]} {fact["who"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Template_with_a_mistake_is_shown_with_its_lines_and_not_used()
    {
        await using var hall = await RunningHall.StartAsync();
        using var answer = await PostAsync(hall.Http, hall, "save", "slip ticket\npaper\ncenter: {number}\nqr: {link}\n");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\"center\" is not known", page, StringComparison.Ordinal);
        Assert.Contains("{link} may be empty", page, StringComparison.Ordinal);
        Assert.Contains("center: {number}", page, StringComparison.Ordinal);
        Assert.Equal(SlipOrigin.Program, hall.The<SlipShelf>().OriginOf(SlipKind.Ticket));
    }

    [Fact]
    public async Task Preview_shows_the_text_that_was_sent_and_saves_nothing()
    {
        await using var hall = await RunningHall.StartAsync();
        using var answer = await PostAsync(hall.Http, hall, "preview", Other);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nr. {number}", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(hall.Data, "slips")));
    }

    [Fact]
    public async Task Only_the_hall_manager_designs_slips()
    {
        await using var hall = await RunningHall.StartAsync();
        foreach (var user in new[] { "duty", "clerk", "auditor", "technician", "guide" })
        {
            using var http = await hall.AsAsync(user);
            using var answer = await PostAsync(http, hall, "save", Plain);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(SlipOrigin.Program, hall.The<SlipShelf>().OriginOf(SlipKind.Ticket));
    }

    [Fact]
    public async Task File_that_the_profile_names_is_used_and_one_that_broke_since_the_check_keeps_no_number_from_its_customer()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "own.slip"), Other);
        var hall = await RunningHall.StartAsync(profile => profile["slips"] = new System.Text.Json.Nodes.JsonObject { ["ticket"] = "own.slip" }, data);
        Assert.Equal("Nr. A001", await PrintedAsync(hall));

        await hall.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(data, "own.slip"), "slip ticket");
        await using var again = await RunningHall.StartAsync(profile => profile["slips"] = new System.Text.Json.Nodes.JsonObject { ["ticket"] = "own.slip" }, data);
        Assert.Contains("前面等候人数", await PrintedAsync(again), StringComparison.Ordinal);
    }

    private static async Task<string> PrintedAsync(RunningHall hall)
    {
        var ticket = (string)(await hall.PostAsync("tickets", new { service = "pay" })).Body["id"]!;
        await hall.SlipAsync(ticket, "printed");
        return (await hall.PaperAsync())[^1].Trim();
    }

    private static async Task<string> DoAsync(RunningHall hall, string what, string text = "")
    {
        using var answer = await PostAsync(hall.Http, hall, what, text);
        answer.EnsureSuccessStatusCode();
        return answer.RequestMessage!.RequestUri!.Query;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, RunningHall hall, string what, string text) =>
        http.PostAsync(new Uri(hall.Address, "/manager/slips"), new FormUrlEncodedContent(new Dictionary<string, string> { ["slip"] = "ticket", ["do"] = what, ["text"] = text, ["paper"] = "80" }));
}
