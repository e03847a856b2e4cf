using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A whole appliance and a store at a real broker.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Anonymous = "allow_anonymous true";

    private readonly TestDirectory _directory = new();
    private int _id;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_ticket_is_issued_called_and_told_once_however_often_the_command_comes()
    {
        await using var rig = await StartAsync();
        var issue = Command("issue-ticket", new { service = "pay" });
        var first = await rig.AskAsync("store", issue);
        Assert.Equal("done", (string)first["outcome"]!);
        var number = (string)first["result"]!["number"]!;

        var again = await rig.AskAsync("store", issue, repeated: true);
        Assert.Equal(number, (string)again["result"]!["number"]!);
        Assert.Equal(1, (int)(await rig.Hall.GetAsync("hall"))["waiting"]!);

        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("open-counter", new { counter = 1 }))));
        var called = await rig.AskAsync("store", Command("call-ticket", new { counter = 1, number }));
        Assert.Equal(number, (string)called["result"]!["number"]!);
        var finished = await rig.AskAsync("store", Command("call-next", new { counter = 1 }));
        Assert.Equal(("done", null), (Outcome(finished), (string?)finished["result"]!["number"]));
        var nobody = await rig.AskAsync("store", Command("call-next", new { counter = 1 }));
        Assert.Equal("refused", Outcome(nobody));
        Assert.Equal("nobody-waiting", (string)nobody["result"]!["reason"]!);
        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("pause-counter", new { counter = 1 }))));
    }

    [Fact]
    public async Task An_answer_is_remembered_by_a_host_that_was_started_anew()
    {
        var data = Directory.CreateTempSubdirectory("kiosk-cmd-").FullName;
        var issue = Command("issue-ticket", new { service = "pay" });
        string number;
        var first = await StartAsync(data);
        number = (string)(await first.AskAsync("store", issue))["result"]!["number"]!;
        await first.StopAsync();

        await using var second = await StartAsync(data);
        var again = await second.AskAsync("store", issue, repeated: true);
        Assert.Equal(number, (string)again["result"]!["number"]!);
        Assert.Equal(1, (int)(await second.Hall.GetAsync("hall"))["waiting"]!);
    }

    [Fact]
    public async Task What_is_unknown_expired_malformed_or_not_allowed_is_answered_with_what_to_do()
    {
        await using var rig = await StartAsync();
        var unknown = await rig.AskAsync("store", Command("fly", new { }));
        Assert.Equal("unknown-action", Outcome(unknown));
        Assert.Contains("issue-ticket", (string)unknown["message"]!, StringComparison.Ordinal);

        var late = Command("issue-ticket", new { service = "pay" });
        late["expires"] = "2026-01-01T00:00:00Z";
        var expired = await rig.AskAsync("store", late);
        Assert.Equal("expired", Outcome(expired));
        Assert.Contains("the hall's clock says", (string)expired["message"]!, StringComparison.Ordinal);

        var bad = await rig.AskAsync("store", Command("issue-ticket", new { service = "haircut" }));
        Assert.Equal("bad-command", Outcome(bad));
        Assert.Equal("service", (string)bad["result"]!["field"]!);
        Assert.Contains("pay", bad["result"]!["allowed"]!.AsArray().Select(value => (string)value!));

        Assert.Equal("not-allowed", Outcome(await rig.AskAsync("hq", Command("call-next", new { counter = 1 }))));
        Assert.Equal("done", Outcome(await rig.AskAsync("hq", Command("issue-ticket", new { service = "pay" }))));
        Assert.Equal("not-allowed", Outcome(await rig.AskAsync("stranger", Command("report", new { }))));
        Assert.Equal(1, (int)(await rig.Hall.GetAsync("hall"))["waiting"]!);

        var twice = Command("open-counter", new { counter = 2 });
        Assert.Equal("done", Outcome(await rig.AskAsync("store", twice)));
        twice["action"] = "close-counter";
        Assert.Equal("bad-command", Outcome(await rig.AskAsync("store", twice)));
    }

    [Fact]
    public async Task A_used_id_with_other_arguments_is_no_repeat()
    {
        await using var rig = await StartAsync();
        var open = Command("open-counter", new { counter = 1 });
        Assert.Equal("done", Outcome(await rig.AskAsync("store", open)));
        open["args"]!["counter"] = 2;
        var other = await rig.AskAsync("store", open);
        Assert.Equal(("bad-command", false), (Outcome(other), (bool)other["repeated"]!));
        Assert.Contains("with other arguments, and this one was not carried out", (string)other["message"]!, StringComparison.Ordinal);
        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("open-counter", new { counter = 2 }))));
    }

    [Fact]
    public async Task An_answer_that_was_kept_without_its_arguments_is_given_again()
    {
        await using var rig = await StartAsync();
        var open = Command("open-counter", new { counter = 1 });
        await rig.Hall.The<IIntake>().AskAsync(Request.Once("mqtt", new HallCommand.WriteDown(
            new HallEvent.StoreCommandAnswered((string)open["id"]!, "store", "open-counter", "done", DateTimeOffset.UtcNow.AddMinutes(1), "Counter 1 is open."))), default);

        Assert.Equal("Counter 1 is open.", (string)(await rig.AskAsync("store", open, repeated: true))["message"]!);
    }

    [Fact]
    public void The_same_arguments_in_another_order_and_spacing_are_the_same_command()
    {
        Assert.Equal(Marked("""{"service":"pay","print":false,"text":{"a":"窗","b":[1,2]}}"""), Marked("""{ "text": {"b":[1, 2], "a":"\u7a97"}, "print": false, "service": "pay" }"""));
        Assert.Equal(Marked(null), Marked("{}"));
        Assert.Equal(Marked(null), Marked("null"));
        Assert.NotEqual(Marked("""{"counter":5}"""), Marked("""{"counter":6}"""));
        Assert.NotEqual(Marked("""{"counter":5}"""), Marked("""{"counter":"5"}"""));

        static string Marked(string? args) => new StoreCommand("s1", "store", "open-counter", args is null ? null : JsonSerializer.Deserialize<JsonElement>(args), default, "rsp", null).Mark;
    }

    [Fact]
    public async Task Every_command_is_in_the_audit_with_who_sent_it()
    {
        await using var rig = await StartAsync();
        await rig.AskAsync("hq", Command("issue-ticket", new { service = "pay" }));
        await rig.AskAsync("hq", Command("report", new { }));

        var audit = (await rig.Hall.UntilAsync("audit", shape => shape["events"]!.AsArray().Any(fact => (string)fact!["type"]! == "access-refused")))["events"]!.AsArray();
        var answered = audit.Single(fact => (string)fact!["type"]! == "store-command-answered")!;
        Assert.Equal("store/hq", (string)answered["who"]!);
        Assert.Equal("mqtt", (string)answered["source"]!);
    }

    [Fact]
    public async Task A_message_and_a_promotion_are_on_the_halls_screen_until_they_are_withdrawn()
    {
        await using var rig = await StartAsync();
        var text = new Dictionary<string, string> { ["zh-CN"] = "系统维护", ["en"] = "Card payments are down until noon" };
        var shown = await rig.AskAsync("store", Command("show-message", new { text, minutes = 30 }));
        Assert.Equal("done", Outcome(shown));
        Assert.Contains("Card payments are down until noon", await rig.ScreenAsync(), StringComparison.Ordinal);

        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("withdraw-notice", new { notice = (string)shown["result"]!["notice"]! }))));
        Assert.DoesNotContain("Card payments are down", await rig.ScreenAsync(), StringComparison.Ordinal);
        Assert.Equal("refused", Outcome(await rig.AskAsync("store", Command("withdraw-notice", new { notice = "store.none" }))));
        Assert.Equal("bad-command", Outcome(await rig.AskAsync("store", Command("show-message", new { text = new { en = "no Chinese" } }))));

        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("set-promotion", new { text = new Dictionary<string, string> { ["zh-CN"] = "5G 套餐" } }))));
        Assert.Contains("5G 套餐", await rig.ScreenAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_devices_and_the_profile_are_within_reach()
    {
        await using var rig = await StartAsync();
        var report = await rig.AskAsync("store", Command("report", new { }));
        Assert.Equal("done", Outcome(report));
        Assert.NotNull(report["result"]!["day"]);
        Assert.Equal("refused", Outcome(await rig.AskAsync("store", Command("report", new { day = "2020-01-01" }))));

        await rig.Hall.UntilAsync("devices", shape => shape.AsArray().Any(device => (string)device!["id"]! == "ticket-printer" && (string)device["state"]! == "ok"));
        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("restart-device", new { device = "ticket-printer" }))));
        await rig.Hall.UntilAsync("devices", shape => shape.AsArray().Any(device => (string)device!["id"]! == "ticket-printer" && (string)device["state"]! == "ok"));

        // The profile's file of this hall is not there: nothing is stopped for that.
        var reload = await rig.AskAsync("store", Command("reload-profile", new { }));
        Assert.Equal("refused", Outcome(reload));
        Assert.Contains("cannot be read", (string)reload["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defect_in_one_action_is_an_answer_and_the_next_command_is_carried_out()
    {
        await using var rig = await StartAsync(services: all => all.AddSingleton<IStoreActions, Defective>());
        Assert.Equal("failed", Outcome(await rig.AskAsync("store", Command("explode", new { }))));
        Assert.Equal("done", Outcome(await rig.AskAsync("store", Command("issue-ticket", new { service = "pay" }))));
    }

    private sealed class Defective : IStoreActions
    {
        public IEnumerable<StoreAction> All => [new("explode", Right.RunDay, (_, _) => throw new InvalidOperationException("a defect"))];
    }

    private JsonObject Command(string action, object args) => new()
    {
        ["id"] = $"c-{++_id}",
        ["action"] = action,
        ["expires"] = DateTimeOffset.UtcNow.AddMinutes(5).ToString("O"),
        ["args"] = JsonSerializer.SerializeToNode(args),
        ["correlation"] = $"k-{_id}",
    };

    private static string Outcome(JsonNode answer) => (string)answer["outcome"]!;

    private async Task<Rig> StartAsync(string? data = null, Action<IServiceCollection>? services = null)
    {
        var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = await RunningHall.StartAsync(profile =>
        {
            profile["mqtt"] = new JsonObject
            {
                ["url"] = broker.Address.ToString(),
                ["commands"] = new JsonArray(new JsonObject { ["user"] = "store", ["role"] = "manager" }, new JsonObject { ["user"] = "hq", ["role"] = "guide" }),
            };
        }, data, services, broker: 1883);
        var store = new Store(broker.Address);
        await store.SubscribedAsync();
        await store.UntilAsync(heard => heard.Any(message => message.Topic == "qms/v1/telecom-demo/status"));
        return new(broker, hall, store);
    }

    private sealed record Rig(TestMosquitto Broker, RunningHall Hall, Store Store) : IAsyncDisposable
    {
        public async Task<JsonNode> AskAsync(string user, JsonObject command, bool repeated = false)
        {
            var id = (string)command["id"]!;
            var before = Store.Heard.Count;
            await Store.SayAsync($"qms/v1/telecom-demo/cmd/{user}", command.ToJsonString());
            JsonNode? answer = null;
            await Store.UntilAsync(heard => heard.Skip(before).Any(message =>
                message.Topic == $"qms/v1/telecom-demo/rsp/{user}" && (string?)(answer = JsonNode.Parse(Encoding.UTF8.GetString(message.Payload))!)["id"] == id));
            Assert.Equal((string)command["correlation"]!, (string?)answer!["correlation"]);
            Assert.Equal(repeated, (bool)answer["repeated"]!);
            return answer;
        }

        public Task<string> ScreenAsync() => Hall.Http.GetStringAsync(new Uri(Hall.Address, "/hall"));

        public async Task StopAsync()
        {
            await Store.DisposeAsync();
            await Hall.StopAsync();
            Broker.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await Hall.DisposeAsync();
            Broker.Dispose();
        }
    }
}
