using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Api;

/// <summary>Priority, reasons, chosen calls, timed holds, ways through several services, appointments.</summary>
public sealed class QueueApiTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync();

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    private async Task<JsonNode> TakeAsync(object body)
    {
        var (status, ticket, _) = await _hall.PostAsync("tickets", body);
        Assert.True(status == 201, ticket.ToJsonString());
        return ticket;
    }

    private async Task BookAsync(string id, string service, TimeSpan from) => await _hall.The<IIntake>().AskAsync(
        Request.Once("test", new HallCommand.WriteDown(new HallEvent.AppointmentBooked(id, new(service), TimeProvider.System.GetUtcNow() + from, "en"))), default);

    [Fact]
    public async Task Call_answers_with_the_reason_and_the_ticket_keeps_it()
    {
        await TakeAsync(new { service = "pay", print = false });
        var senior = await TakeAsync(new { service = "pay", print = false, @class = "senior" });
        Assert.Equal("senior", (string)senior["class"]!);
        await _hall.PostAsync("counters/5/open");

        var (_, called, _) = await _hall.PostAsync("counters/5/next");

        var why = called["why"]!;
        Assert.Equal(("A002", "accumulating", "own-customers", 2), ((string)called["number"]!, (string)why["policy"]!, (string)why["rule"]!, (int)why["waiting"]!));
        Assert.Equal(["A002", "A001"], why["candidates"]!.AsArray().Select(candidate => (string)candidate!["number"]!));
        Assert.StartsWith("A002 is this counter's own customer", (string)why["sentence"]!, StringComparison.Ordinal);
        Assert.Equal(why.ToJsonString(), (await _hall.GetAsync($"tickets/{senior["id"]}"))["why"]!.ToJsonString());
    }

    [Fact]
    public async Task Customer_gives_no_priority_to_themselves()
    {
        var refused = await _hall.Anonymous().PostAsync("tickets", JsonContent.Create(new { service = "pay", @class = "vip" }));

        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal(0, (int)(await _hall.GetAsync("hall"))["waiting"]!);
    }

    [Fact]
    public async Task Ticket_is_prioritised_and_made_equal_again()
    {
        var id = (string)(await TakeAsync(new { service = "pay" }))["id"]!;

        Assert.Equal("urgent", (string?)(await _hall.PostAsync($"tickets/{id}/prioritise", new { @class = "urgent" })).Body["class"]);
        Assert.Equal((409, "priority-same"), await ReasonAsync($"tickets/{id}/prioritise", "{\"class\":\"urgent\"}"));
        Assert.Null((string?)(await _hall.PostAsync($"tickets/{id}/prioritise", "{\"class\":null}")).Body["class"]);
    }

    [Fact]
    public async Task Clerk_sees_who_may_be_called_and_calls_a_chosen_one()
    {
        await TakeAsync(new { service = "pay", print = false });
        await TakeAsync(new { service = "pay", print = false });
        await _hall.PostAsync("counters/1/open");
        var screen = await _hall.GetAsync("counters/1");
        Assert.Equal(("A001", 2), ((string)screen["next"]!["number"]!, (int)screen["waiting"]!));
        Assert.Contains("A001", (string)screen["why"]!["sentence"]!, StringComparison.Ordinal);
        var last = screen["choices"]!.AsArray()[^1]!;

        var (status, called, _) = await _hall.PostAsync("counters/1/call", new { ticket = (string)last["id"]!, seen = (string?)null });

        Assert.Equal((200, "A002", "chosen"), (status, (string)called["number"]!, (string)called["why"]!["rule"]!));
        Assert.Equal("A002", (string)(await _hall.GetAsync("counters/1"))["ticket"]!["number"]!);
        Assert.Equal((409, "counter-changed"), await ReasonAsync("counters/1/call", $"{{\"ticket\":\"{screen["next"]!["id"]}\",\"seen\":null}}"));
        Assert.Equal(404, (int)(await _hall.Http.GetAsync("counters/99")).StatusCode);
    }

    [Fact]
    public async Task Hold_with_minutes_says_until_when()
    {
        var id = (string)(await TakeAsync(new { service = "pay", print = false }))["id"]!;
        await _hall.PostAsync("counters/1/open");
        await _hall.PostAsync("counters/1/next");
        var before = TimeProvider.System.GetUtcNow().AddMinutes(10);

        Assert.Equal(200, (await _hall.PostAsync("counters/1/hold", new { minutes = 10 })).Status);

        var ticket = await _hall.GetAsync($"tickets/{id}");
        Assert.Equal("held", (string)ticket["state"]!);
        Assert.InRange((DateTimeOffset)ticket["heldUntil"]!, before.AddSeconds(-1), before.AddSeconds(30));
    }

    [Fact]
    public async Task One_ticket_goes_through_several_services_and_comes_back_from_a_transfer()
    {
        var taken = await TakeAsync(new { service = "pay", print = false, then = new[] { "plan-change" } });
        Assert.Equal(["plan-change"], taken["then"]!.AsArray().Select(service => (string)service!));
        foreach (var n in new[] { 1, 4 }) await _hall.PostAsync($"counters/{n}/open");
        await _hall.PostAsync("counters/1/next");
        await _hall.PostAsync($"tickets/{taken["id"]}/transfer", new { service = "complaints", @return = true });
        await _hall.PostAsync("counters/4/next");

        await _hall.PostAsync("counters/4/finish");
        Assert.Equal(("pay", "waiting"), await WhereAsync(taken));
        Assert.Equal("sent-here", (string)(await _hall.PostAsync("counters/1/next")).Body["why"]!["rule"]!);
        await _hall.PostAsync("counters/1/finish");
        Assert.Equal(("plan-change", "waiting"), await WhereAsync(taken));
        Assert.Empty((await _hall.GetAsync($"tickets/{taken["id"]}"))["then"]!.AsArray());
    }

    [Fact]
    public async Task Appointment_is_checked_in_once_for_its_own_service()
    {
        await BookAsync("410275", "plan-change", TimeSpan.FromMinutes(20));
        Assert.Equal((400, "service"), await FieldAsync("{\"appointment\":\"410275\",\"service\":\"pay\"}"));
        Assert.Equal((400, "appointment"), await FieldAsync("{\"appointment\":\"999999\"}"));

        var ticket = await TakeAsync(new { appointment = "410275", print = false });

        Assert.Equal(("C001", "410275", "appointment"), ((string)ticket["number"]!, (string)ticket["appointment"]!, (string)ticket["class"]!));
        Assert.True((DateTimeOffset)ticket["standsSince"]! > (DateTimeOffset)ticket["issuedAt"]!);
        Assert.Equal((409, "appointment-used"), await ReasonAsync("tickets", "{\"appointment\":\"410275\"}"));
    }

    [Fact]
    public async Task Cancelled_appointment_is_none()
    {
        await BookAsync("222333", "pay", TimeSpan.FromMinutes(5));
        await _hall.The<IIntake>().AskAsync(Request.Once("test", new HallCommand.WriteDown(new HallEvent.AppointmentCancelled("222333"))), default);

        Assert.Equal((400, "appointment"), await FieldAsync("{\"appointment\":\"222333\"}"));
    }

    [Theory]
    [InlineData("tickets", "{\"service\":\"pay\",\"class\":\"king\"}", "class")]
    [InlineData("tickets", "{\"service\":\"pay\",\"then\":\"vip\"}", "then")]
    [InlineData("tickets", "{\"service\":\"pay\",\"then\":[\"lottery\"]}", "then")]
    [InlineData("tickets", "{\"service\":\"pay\",\"askIfLong\":1}", "askIfLong")]
    [InlineData("tickets", "{\"appointment\":5}", "appointment")]
    [InlineData("tickets/x/prioritise", "{}", "class")]
    [InlineData("tickets/x/transfer", "{\"counter\":1,\"return\":\"yes\"}", "return")]
    [InlineData("counters/1/hold", "{\"minutes\":0}", "minutes")]
    [InlineData("counters/1/hold", "{\"minutes\":2.5}", "minutes")]
    [InlineData("counters/1/call", "{}", "ticket")]
    public async Task Bad_input_names_the_field(string path, string body, string field)
    {
        var (status, problem, _) = await _hall.PostAsync(path, body);

        Assert.Equal((400, "bad-input", field), (status, (string)problem["reason"]!, (string)problem["field"]!));
    }

    [Fact]
    public async Task Long_wait_is_refused_only_to_those_who_ask()
    {
        var id = new List<JsonNode>();
        for (var n = 0; n < 40; n++) id.Add(await TakeAsync(new { service = "complaints", print = false }));

        Assert.Equal((409, "long-wait"), await ReasonAsync("tickets", "{\"service\":\"complaints\",\"askIfLong\":true}"));
        await TakeAsync(new { service = "complaints", print = false });
    }

    [Fact]
    public async Task Guides_screen_is_served()
    {
        var page = await _hall.Http.GetStringAsync(new Uri(_hall.Http.BaseAddress!, "/guide?lang=en"));

        Assert.Contains("Issue a number", page, StringComparison.Ordinal);
    }

    private async Task<(string Service, string State)> WhereAsync(JsonNode ticket)
    {
        var now = await _hall.GetAsync($"tickets/{ticket["id"]}");
        return ((string)now["service"]!, (string)now["state"]!);
    }

    private async Task<(int Status, string Reason)> ReasonAsync(string path, string body)
    {
        var (status, problem, _) = await _hall.PostAsync(path, body);
        return (status, (string)problem["reason"]!);
    }

    private async Task<(int Status, string? Field)> FieldAsync(string body)
    {
        var (status, problem, _) = await _hall.PostAsync("tickets", body);
        return (status, (string?)problem["field"]);
    }
}
