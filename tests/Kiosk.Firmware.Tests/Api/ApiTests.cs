using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync();

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Ticket_is_issued_printed_called_begun_and_finished()
    {
        var (status, ticket, _) = await _hall.PostAsync("tickets", new { service = "pay" });
        Assert.Equal((201, "A001", 0), (status, (string)ticket["number"]!, (int)ticket["ahead"]!));
        await _hall.SlipAsync((string)ticket["id"]!, "printed");

        await _hall.PostAsync("counters/1/open");
        var (_, called, _) = await _hall.PostAsync("counters/1/next");
        Assert.Equal(("A001", (string)ticket["id"]!, true), ((string)called["number"]!, (string)called["id"]!, (bool)called["called"]!));
        await _hall.PostAsync("counters/1/begin");
        await _hall.PostAsync("counters/1/finish");

        Assert.Equal("finished", (string)(await _hall.GetAsync($"tickets/{ticket["id"]}"))["state"]!);
        var paper = Assert.Single(await _hall.PaperAsync());
        Assert.Contains("A001", paper, StringComparison.Ordinal);
        Assert.Contains("缴费", paper, StringComparison.Ordinal);
        Assert.Contains($"/ticket/{ticket["id"]}]", paper, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_key_gets_the_same_ticket_and_says_so()
    {
        var (_, first, _) = await _hall.PostAsync("tickets", new { service = "pay" }, "k1");
        var (status, again, response) = await _hall.PostAsync("tickets", new { service = "pay" }, "k1");

        Assert.Equal(201, status);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.True(response.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(422, (await _hall.PostAsync("tickets", new { service = "vip" }, "k1")).Status);
    }

    [Theory]
    [InlineData("tickets", "{\"service\":\"lottery\"}", "service")]
    [InlineData("tickets", "{}", "service")]
    [InlineData("tickets", "{\"service\":7}", "service")]
    [InlineData("tickets", "{\"service\":\"pay\",\"language\":\"xx\"}", "language")]
    [InlineData("tickets", "{\"service\":\"pay\",\"colour\":1}", "colour")]
    [InlineData("tickets", "{\"service\":", "body")]
    [InlineData("tickets", "[]", "body")]
    [InlineData("tickets/x/transfer", "{}", "service")]
    [InlineData("tickets/x/transfer", "{\"counter\":99}", "counter")]
    [InlineData("counters/one/next", "{}", "n")]
    [InlineData("day/close", "{\"force\":\"yes\"}", "force")]
    public async Task Bad_input_is_400_and_names_the_field(string path, string body, string field)
    {
        var (status, problem, _) = await _hall.PostAsync(path, body);

        Assert.Equal((400, "bad-input", field), (status, (string)problem["reason"]!, (string)problem["field"]!));
        Assert.NotEmpty((string)problem["message"]!);
    }

    [Theory]
    [InlineData("counters/1/next", 409, "counter-closed")]
    [InlineData("counters/1/recall", 409, "nobody-at-counter")]
    [InlineData("counters/99/next", 404, "unknown-counter")]
    [InlineData("tickets/nosuchticket/cancel", 404, "unknown-ticket")]
    [InlineData("day/open", 409, "day-already-open")]
    public async Task Rejection_has_a_reason_for_machines_and_a_sentence_for_people(string path, int expected, string reason)
    {
        var (status, problem, _) = await _hall.PostAsync(path);

        Assert.Equal((expected, reason), (status, (string)problem["reason"]!));
        Assert.EndsWith(".", (string)problem["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clerk_who_saw_an_older_state_of_the_counter_calls_nobody()
    {
        await _hall.PostAsync("tickets", new { service = "pay" });
        await _hall.PostAsync("tickets", new { service = "pay" });
        await _hall.PostAsync("counters/1/open");
        var (first, _, _) = await _hall.PostAsync("counters/1/next", "{\"seen\":null}");
        var (second, problem, _) = await _hall.PostAsync("counters/1/next", "{\"seen\":null}");

        Assert.Equal((200, 409, "counter-changed"), (first, second, (string)problem["reason"]!));
    }

    [Fact]
    public async Task Events_are_streamed_from_where_the_client_was()
    {
        var before = await _hall.GetAsync("hall");
        var (epoch, seq) = ((int)before["epoch"]!, (long)before["seq"]!);
        await _hall.PostAsync("tickets", new { service = "pay", print = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "events");
        request.Headers.Add("Last-Event-ID", $"{epoch}-{seq}");
        using var response = await _hall.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        // Devices say what they found while the hall starts: such an event may come first. None is left out.
        string name, id, data;
        do
        {
            (name, id, data) = (await LineAsync(), await LineAsync(), await LineAsync());
            Assert.Equal(("", $"id: {epoch}-{++seq}"), (await LineAsync(), id));
        }
        while (name != "event: ticket-issued");

        Assert.Equal("A001", (string)JsonNode.Parse(data[6..])!["data"]!["number"]!);

        async Task<string> LineAsync() => (await reader.ReadLineAsync().WaitAsync(RunningHall.Watchdog))!;
    }

    [Fact]
    public async Task Description_names_every_address_and_unknown_ones_are_404()
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(_hall.Http.BaseAddress!, "/api/v1/openapi.json"));
        var paths = JsonNode.Parse(text)!["paths"]!.AsObject().Select(path => path.Key).ToList();

        foreach (var expected in new[] { "/api/v1/tickets", "/api/v1/counters/{n}/next", "/api/v1/tickets/{id}/transfer", "/api/v1/hall", "/api/v1/health", "/api/v1/emulators/{id}/{control}", "/api/v1/day/close" })
        {
            Assert.Contains(expected, paths);
        }

        Assert.Equal(404, (await _hall.PostAsync("nowhere")).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/kiosk")]
    [InlineData("/hall")]
    [InlineData("/counter/3")]
    [InlineData("/devices")]
    public async Task Screen_is_served_by_the_same_host(string path)
    {
        var response = await _hall.Http.GetAsync(new Uri(_hall.Http.BaseAddress!, path));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Page_of_another_site_presses_no_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "tickets") { Content = new StringContent("{\"service\":\"pay\"}") };
        request.Headers.Add("Origin", "https://elsewhere.example");

        Assert.Equal(403, (int)(await _hall.Http.SendAsync(request)).StatusCode);
        Assert.Equal(0, (int)(await _hall.GetAsync("hall"))["waiting"]!);
    }

    [Fact]
    public async Task Control_door_is_closed_to_the_network()
    {
        using var http = new HttpClient();

        Assert.Equal(404, (int)(await http.GetAsync(new Uri(_hall.Http.BaseAddress!, "/control/log"))).StatusCode);
    }

    [Fact]
    public async Task Host_that_is_started_again_goes_on_with_the_same_day()
    {
        var (_, first, _) = await _hall.PostAsync("tickets", new { service = "pay", print = false }, "before");
        await _hall.StopAsync();
        _hall = await RunningHall.StartAsync(data: _hall.Data);

        var (_, repeated, _) = await _hall.PostAsync("tickets", new { service = "pay", print = false }, "before");
        var (_, next, _) = await _hall.PostAsync("tickets", new { service = "pay", print = false });
        Assert.Equal(((string)first["id"]!, "A002"), ((string)repeated["id"]!, (string)next["number"]!));
    }

    [Fact]
    public async Task Sixty_four_clients_get_no_number_twice_and_call_nobody_twice()
    {
        for (var n = 1; n <= 5; n++) await _hall.PostAsync($"counters/{n}/open");
        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ => (string)(await _hall.PostAsync("tickets", new { service = "pay", print = false })).Body["number"]!));
        var called = await Task.WhenAll(Enumerable.Range(0, 64).Select(async n => (await _hall.PostAsync($"counters/{1 + (n % 5)}/next")).Body));

        Assert.Equal(Enumerable.Range(1, 64).Select(n => $"A{n:000}"), taken.Order());
        Assert.Equal(64, called.Select(body => (string)body["number"]!).Distinct().Count());
    }
}
