using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;
using Spectre.Console;
using Tool = Kiosk.Provisioning.Kioskctl;

namespace Kiosk.Firmware.Tests.Kioskctl;

/// <summary><c>kioskctl store</c> from its command line to a real broker, and to a whole appliance behind it.</summary>
public sealed class StoreTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly TestDirectory _directory = new();
    private readonly TestMosquitto _broker;

    public StoreTests()
    {
        _broker = new(_directory.Path, "allow_anonymous true");
        _broker.Start();
    }

    private string Db => Path.Combine(_directory.Path, "copy", "store.db");

    public void Dispose()
    {
        _broker.Dispose();
        _directory.Dispose();
    }

    private Task<DataDirectory.Ran> StoreAsync(params string[] arguments) => RunAsync([.. arguments, "--broker", _broker.Address.ToString()]);

    private static async Task<DataDirectory.Ran> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Tool.RunAsync(["store", .. arguments], output, errors, TimeProvider.System, default).WaitAsync(Watchdog);
        return new(code, output.ToString(), errors.ToString());
    }

    [Fact]
    public async Task Whole_appliance_is_commanded_copied_compared_and_exported()
    {
        await using var hall = await RunningHall.StartAsync(profile => profile["mqtt"] = new JsonObject
        {
            ["url"] = _broker.Address.ToString(),
            ["commands"] = new JsonArray(new JsonObject { ["user"] = "store", ["role"] = "manager" }),
        }, broker: 1883);

        var issued = await StoreAsync("send", "issue-ticket", "service=pay", "--user", "store");
        Assert.True(issued.Code == 0, issued.Errors + issued.Output);
        Assert.StartsWith("done: ", issued.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await StoreAsync("send", "open-counter", "counter=1", "--user", "store", "--id", "open-1")).Code);
        Assert.StartsWith("done (answered before): ", (await StoreAsync("send", "open-counter", "counter=1", "--user", "store", "--id", "open-1")).Output, StringComparison.Ordinal);
        var refused = await StoreAsync("send", "open-counter", "counter=1", "--user", "store", "--json");
        Assert.Equal((1, "refused"), (refused.Code, (string)JsonNode.Parse(refused.Output)!["outcome"]!));
        Assert.Equal(1, (await StoreAsync("send", "fly", "--user", "store")).Code);

        var watched = await StoreAsync("watch", "--db", Db, "--until-caught-up", "--json");
        Assert.True(watched.Code == 0, watched.Errors);
        var last = JsonNode.Parse(watched.Lines[^1])!;
        Assert.Equal((true, 1, 0L), ((bool)last["caughtUp"]!, (int)last["waiting"]!, (long)last["behind"]!));
        Assert.Equal((long)last["seq"]!, (long)last["acknowledged"]!);
        Assert.Contains($"the copy is in {Db}", watched.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await StoreAsync("watch", "--db", Db, "--until-caught-up", "--no-ack", "--protocol", "3.1.1")).Code);

        var compared = await StoreAsync("compare", "--db", Db);
        Assert.True(compared.Code == 0, compared.Output + compared.Errors);
        Assert.Contains("copy and hall agree", compared.Output, StringComparison.Ordinal);

        var lines = (await DataDirectory.RunAsync("store", "export", "--db", Db, "--jsonl")).Lines;
        Assert.Equal((long)last["seq"]!, JsonNode.Parse(lines[^1])!["seq"]!.GetValue<long>());
        Assert.Equal(lines.Length + 1, (await DataDirectory.RunAsync("store", "export", "--db", Db, "--csv")).Lines.Length);
    }

    [Fact]
    public async Task Comparison_names_the_member_that_differs_and_the_text_that_is_behind()
    {
        var hall = new TestHall();
        hall.Record(new Domain.Hall.HallEvent.HallDescribed(Domain.Site.HallOutline.Of(TestHall.Profile)));
        hall.Open();
        hall.Take(1);
        await using var scripted = new ScriptedHall(_broker.Address);
        await using (var reporting = new Reporting(hall, _broker.Address, waits: (_, _, _) => new(900, 600, 1200, 800, 1000)))
        {
            // What is told of the wait stands in the hall's texts and in no event: it is no difference.
            await reporting.StartAsync();
            Assert.Equal(0, (await StoreAsync("compare", "--db", Db)).Code);
            hall.Take(2);
            hall.Call(1, 2);
            Assert.Equal(0, (await StoreAsync("compare", "--db", Db)).Code);
        }

        // The hall is gone: what the broker keeps of it stays as the test says it.
        var text = Snapshots.Of(hall.Feed.Latest, TestHall.Profile, ScriptedHall.Address).Single(pair => pair.Topic == ScriptedHall.Address.CounterState(new(2)));
        var shown = (CounterPayload)text.Payload;
        await scripted.PublishAsync(text.Topic, Encoding.UTF8.GetString(PayloadJson.Bytes(shown with { TicketServedLabel = "A007" })), retain: true);
        var differs = await StoreAsync("compare", "--db", Db);
        Assert.Equal(1, differs.Code);
        Assert.Equal("state/counter/2 as of event 7 of epoch 1: ticketServedLabel is \"A007\" in the hall and \"A001\" in the copy", differs.Lines[0]);

        // As of event 5 this was right; and then A001 was called there.
        await scripted.PublishAsync(
            text.Topic,
            Encoding.UTF8.GetString(PayloadJson.Bytes(shown with { Seq = 5, TicketServed = null, TicketServedLabel = null, TicketPhase = null, CalledAt = null, Calls = 0 })),
            retain: true);
        var behind = await StoreAsync("compare", "--db", Db);
        Assert.Equal(["state/counter/2: the hall has not shown what changed up to event 7 of epoch 1", "5 texts: copy and hall DIFFER in 1"], behind.Lines);
        Assert.Equal(1, behind.Code);
    }

    [Fact]
    public async Task Several_halls_are_named_and_none_is_said()
    {
        var none = await StoreAsync("watch", "--db", Db, "--until-caught-up");
        Assert.Equal((69, true), (none.Code, none.Errors.Contains("No hall says its status", StringComparison.Ordinal)));

        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot", 7, 0, "0.1.0"));
        await hall.PublishAsync("qms/v1/other-hall/status", """{"online":true}""", retain: true);
        var several = await StoreAsync("compare", "--db", Db);
        Assert.Equal(64, several.Code);
        Assert.Contains("Several halls report at", several.Errors, StringComparison.Ordinal);
        Assert.Contains("other-hall, test-hall", several.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_goes_out_with_its_values_and_again_after_a_broken_connection_and_its_own_answer_counts()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot", 7, 4, "0.1.0"));
        var sending = StoreAsync("send", "show-message", "text={\"en\":\"Back at 14:00\"}", "counter=3", "urgent=true", "note=007", "code=\"5\"", "--hall", "test-hall", "--expires", "50");
        await hall.UntilCountAsync(ScriptedHall.Address.Command, 1);
        _broker.Kill();
        _broker.Start();
        await hall.UntilCountAsync(ScriptedHall.Address.Command, 2);
        var sent = hall.Heard(ScriptedHall.Address.Command);
        Assert.Equal(sent[0], sent[1]);
        var command = JsonSerializer.Deserialize(sent[0], PayloadJson.Wire.CommandPayload)!;
        Assert.Equal("""{"text":{"en":"Back at 14:00"},"counter":3,"urgent":true,"note":"007","code":"5"}""", command.Args!.Value.GetRawText());

        await AnswerAsync(hall, "somebody-else", "done", "not for you");
        await AnswerAsync(hall, command.Id, "failed", "the screen is away");
        var ran = await sending;
        Assert.Equal((1, "failed: the screen is away"), (ran.Code, ran.Output.Trim()));
    }

    [Fact]
    public async Task Command_without_an_answer_says_how_to_learn_what_became_of_it()
    {
        var nobody = await StoreAsync("send", "call-next", "counter=1", "--hall", "test-hall", "--expires", "3");
        Assert.Equal(69, nobody.Code);
        Assert.Contains("Nobody listens to commands of test-hall", nobody.Errors, StringComparison.Ordinal);

        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot", 7, 4, "0.1.0"));
        var silent = await StoreAsync("send", "call-next", "counter=1", "--expires", "3", "--id", "c-17");
        Assert.Equal(69, silent.Code);
        Assert.Contains("send it again with --id c-17", silent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_expired_before_the_broker_came_is_said_not_to_have_been_sent()
    {
        _broker.Kill();
        var sending = StoreAsync("send", "call-next", "counter=1", "--hall", "test-hall", "--expires", "1");
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        _broker.Start();

        var late = await sending;
        Assert.Equal(69, late.Code);
        Assert.Contains("could not be sent before it expired", late.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebirth_names_the_place_in_the_halls_present_epoch()
    {
        await using var hall = new ScriptedHall(_broker.Address);
        await hall.StatusAsync(new(true, "boot", 7, 40, "0.1.0"));
        Assert.Contains("after event 12 of epoch 7", (await StoreAsync("rebirth", "--after", "12")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await StoreAsync("rebirth", "--hall", "test-hall")).Code);
        await hall.UntilCountAsync(ScriptedHall.Address.Rebirth, 2);
        Assert.Equal(["""{"epoch":7,"after":12}""", "{}"], hall.Heard(ScriptedHall.Address.Rebirth));
    }

    [Theory]
    [InlineData("--broker takes no user and no password", "watch", "--broker", "mqtt://me:secret@127.0.0.1")]
    [InlineData("--broker takes mqtt://host:port", "watch", "--broker", "http://127.0.0.1")]
    [InlineData("--cert and --key go together", "watch", "--broker", "mqtts://127.0.0.1", "--cert", "x.pem")]
    [InlineData("--ca, --cert and --key go with mqtts://", "compare", "--ca", "x.pem")]
    [InlineData("--password-file goes with --user", "compare", "--password-file", "x")]
    [InlineData("--user takes a name without", "send", "call-next", "--user", "a/b")]
    [InlineData("write name=value", "send", "call-next", "3")]
    [InlineData("stands there twice", "send", "call-next", "a=1", "a=2")]
    [InlineData("--id takes 1 to 50", "send", "call-next", "--id", "a b")]
    [InlineData("--expires takes a whole number", "send", "call-next", "--expires", "0")]
    [InlineData("--hall takes the id of a hall", "send", "call-next", "--hall", "a/+")]
    [InlineData("--after takes a whole number", "rebirth", "--after", "-1")]
    [InlineData("export takes either --csv or --jsonl", "export")]
    public async Task Wrong_command_line_is_said_before_anything_is_done(string said, params string[] arguments)
    {
        var ran = await DataDirectory.RunAsync(["store", .. arguments]);
        Assert.Equal(64, ran.Code);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ran.Errors + ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absent_broker_and_unreadable_file_are_named()
    {
        var port = TestMosquitto.AnyPort();
        var absent = await DataDirectory.RunAsync("store", "rebirth", "--broker", $"mqtt://127.0.0.1:{port}");
        Assert.Equal(69, absent.Code);
        Assert.Contains($"No broker answers at mqtt://127.0.0.1:{port}", absent.Errors, StringComparison.Ordinal);

        var unread = await DataDirectory.RunAsync("store", "watch", "--user", "store", "--password-file", Path.Combine(_directory.Path, "none"));
        Assert.Equal(66, unread.Code);
        Assert.Contains("--password-file", unread.Errors, StringComparison.Ordinal);
        Assert.Equal(66, (await DataDirectory.RunAsync("store", "export", "--jsonl", "--db", Path.Combine(_directory.Path, "none.db"))).Code);
    }

    [Fact]
    public async Task Broker_that_does_not_let_us_in_is_said_without_the_password()
    {
        var users = Path.Combine(_directory.Path, "users");
        using (var making = System.Diagnostics.Process.Start("mosquitto_passwd", ["-b", "-c", users, "somebody", "else"])) await making.WaitForExitAsync().WaitAsync(Watchdog);
        using var closed = new TestMosquitto(Directory.CreateDirectory(Path.Combine(_directory.Path, "closed")).FullName, $"allow_anonymous false\npassword_file {users}");
        closed.Start();
        var password = Path.Combine(_directory.Path, "password");
        File.WriteAllText(password, "open-sesame\n");
        string[] who = ["--hall", "test-hall", "--user", "store", "--password-file", password, "--broker", closed.Address.ToString()];
        foreach (var command in (string[][])[["watch", "--db", Db, "--until-caught-up"], ["compare", "--db", Db], ["send", "call-next"], ["rebirth"]])
        {
            var ran = await RunAsync([.. command, .. who]);
            Assert.Equal(77, ran.Code);
            Assert.Contains($"The broker {closed.Address} does not accept us", ran.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("open-sesame", ran.Errors + ran.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broker_knows_that_nobody_listens_when_the_copy_has_gone()
    {
        await using (var client = BrokerSettings.Of(_broker.Address.ToString(), "5", null, null, null, null, null).Client(TimeProvider.System))
        {
            client.Start();
            await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
            await client.SubscribeAsync(ScriptedHall.Address.Events, default);
        }

        await using var hall = BrokerSettings.Of(_broker.Address.ToString(), "5", null, null, null, null, null).Client(TimeProvider.System);
        hall.Start();
        await MosquittoClientTests.StateAsync<MqttState.Connected>(hall);
        Assert.Equal(Acknowledgement.NobodyListens, await await hall.SendAsync(ScriptedHall.Address.Events, "{}"u8.ToArray(), retain: false, default));
    }

    [Fact]
    public async Task Picture_on_the_terminal_shows_place_queue_counters_events_and_what_was_odd()
    {
        var hall = new TestHall();
        hall.Record(new Domain.Hall.HallEvent.HallDescribed(Domain.Site.HallOutline.Of(TestHall.Profile)));
        hall.Open();
        hall.Take(1);
        hall.Take(2);
        hall.Call(1, 2);
        await using var reporting = new Reporting(hall, _broker.Address);
        await reporting.StartAsync();
        await using var copy = new TestCopy(Db, _broker.Address);
        var view = await copy.UntilAsync(view => view is { Place.Seq: 7, CaughtUp: true });

        using var drawn = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(drawn) });
        console.Profile.Width = 160;
        console.Write(WatchScreen.Of(view, TestHall.Opening.AddMinutes(10), TimeZoneInfo.Utc, ["GAP: [event 5] came"]));
        var picture = drawn.ToString();

        Assert.All(
            ["测试营业厅 (test-hall): hall online, broker connected", "event 7 of epoch 1", "0:09:55", "A001 called to counter 2", "GAP: [event 5] came", "开户"],
            part => Assert.Contains(part, picture, StringComparison.Ordinal));
    }

    private static Task AnswerAsync(ScriptedHall hall, string id, string outcome, string message) => hall.PublishAsync(
        ScriptedHall.Address.Answer,
        Encoding.UTF8.GetString(PayloadJson.Bytes(new AnswerPayload(1, "test-hall", 7, 4, TestHall.Opening, id, null, outcome, message, null, false))),
        retain: false);
}
