using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

public sealed class MosquittoTests : OtherBrokersTests
{
    protected override string Column => "mosquitto 2.0";

    protected override MqttProtocol Protocol => MqttProtocol.V5;

    private protected override PrivateBroker Start() => new PrivateMosquitto();
}

public sealed class Mosquitto311Tests : OtherBrokersTests
{
    protected override string Column => "mosquitto 2.0 by 3.1.1";

    private protected override PrivateBroker Start() => new PrivateMosquitto();
}

public sealed class RabbitTests : OtherBrokersTests
{
    protected override string Column => "RabbitMQ 3.10";

    private protected override PrivateBroker Start() => new PrivateRabbit();
}

public sealed class NatsTests : OtherBrokersTests
{
    protected override string Column => "NATS 2.9";

    private protected override PrivateBroker Start() => new PrivateNats();
}

/// <summary>The hall with real programs of other brokers. One that is not installed is a failure.</summary>
public abstract class OtherBrokersTests : IAsyncLifetime
{
    private PrivateBroker? _started;

    /// <summary>Of the table in <c>brokers.md</c>.</summary>
    protected abstract string Column { get; }

    protected virtual MqttProtocol Protocol => MqttProtocol.V311;

    private PrivateBroker Broker => _started ??= Start();

    public Task InitializeAsync() => Broker.StartAsync();

    public Task DisposeAsync()
    {
        Broker.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_table_says_what_the_broker_can_do()
    {
        var found = await new BrokerProbe(Broker, Protocol).RunAsync();
        Assert.Equal(Lines(BrokerTable.Of(Column)), Lines(found));
    }

    [Fact]
    public async Task A_broker_without_MQTT_5_is_told_by_what_to_set()
    {
        await using var client = new MosquittoClient(new("five"), () => (Broker.Address, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        var state = await MosquittoClientTests.SettledAsync(client);
        if (BrokerTable.Of(Column)["speaks MQTT 5"] == "yes") Assert.IsType<MqttState.Connected>(state);
        else Assert.Contains("set mqtt.protocol to \"3.1.1\"", (state as MqttState.Refused)?.Reason ?? (state as MqttState.Away)?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hall_reports_commands_are_answered_and_nothing_is_missing_after_the_broker_was_killed()
    {
        var hall = new TestHall();
        await using var store = new Store(Broker.Address, filter: "qms/v1/test-hall/#", protocol: Protocol);
        var reader = new Reader(store);
        await store.SubscribedAsync();
        await using (var reporting = new Reporting(hall, Broker.Address, protocol: Protocol))
        {
            await reporting.StartAsync();
            hall.Open();
            for (var serial = 1; serial <= 200; serial++) hall.Take(serial);
            await reader.UntilAsync(100);
            Broker.Kill();
            for (var serial = 201; serial <= 300; serial++) hall.Take(serial);
            await Broker.StartAsync();
            for (var serial = 301; serial <= 400; serial++) hall.Take(serial);
            await reader.UntilAsync(403);
            await reporting.UntilAsync(status => status is { Acknowledged: 403, Lag: 0, By: AcknowledgedBy.Store });
        }

        Assert.Equal(403, hall.Journal.Cursor("mqtt-ack"));
        Assert.Equal(Enumerable.Range(1, 403).Select(seq => (long)seq), reader.Taken);

        // What a new store does on a broker that gives it nothing retained: it asks for everything.
        await using var late = new Store(Broker.Address, "late", "qms/v1/test-hall/#", protocol: Protocol);
        await late.SubscribedAsync();
        await using var again = new Reporting(hall, Broker.Address, protocol: Protocol);
        await again.StartAsync();
        await late.UntilAsync(heard => heard.Any(message => message.Topic == "qms/v1/test-hall/status" && !message.Retained));
        await late.SayAsync("qms/v1/test-hall/rebirth", """{"epoch":1,"after":0}""");
        await late.UntilEventAsync(403);
        await late.UntilAsync(heard => heard.Any(message => message.Topic == "qms/v1/test-hall/state/counter/2"));
        Assert.Equal(403, late.Whole);
    }

    [Fact]
    public async Task A_command_is_answered_once()
    {
        await using var hall = await RunningHall.StartAsync(
            profile => profile["mqtt"] = new JsonObject
            {
                ["url"] = Broker.Address.ToString(),
                ["protocol"] = Protocol == MqttProtocol.V5 ? "5" : "3.1.1",
                ["commands"] = new JsonArray(new JsonObject { ["user"] = "store", ["role"] = "manager" }),
            },
            broker: Broker.Port);
        await using var store = new Store(Broker.Address, filter: "qms/v1/telecom-demo/#", protocol: Protocol);
        await store.SubscribedAsync();

        // A broker of 3.1.1 keeps no session of the hall: what is said before it listens is said again.
        var command = new JsonObject
        {
            ["id"] = "once",
            ["action"] = "issue-ticket",
            ["expires"] = DateTimeOffset.UtcNow.AddMinutes(5).ToString("O"),
            ["args"] = new JsonObject { ["service"] = "pay", ["print"] = false },
        }.ToJsonString();
        var first = await AskAsync(store, command, 1);
        var second = await AskAsync(store, command, 2);
        Assert.Equal(("done", false), ((string)first["outcome"]!, (bool)first["repeated"]!));
        Assert.Equal(("done", true), ((string)second["outcome"]!, (bool)second["repeated"]!));
        Assert.Equal((string)first["result"]!["number"]!, (string)second["result"]!["number"]!);
    }

    private protected abstract PrivateBroker Start();

    private static async Task<JsonNode> AskAsync(Store store, string command, int answers)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (true)
        {
            await store.SayAsync("qms/v1/telecom-demo/cmd/store", command);
            var answered = store.UntilAsync(heard => heard.Count(IsAnswer) >= answers);
            await Task.WhenAny(answered, Task.Delay(TimeSpan.FromSeconds(1), watchdog.Token));
            if (answered.IsCompletedSuccessfully) return JsonNode.Parse(Encoding.UTF8.GetString(store.Heard.Where(IsAnswer).ElementAt(answers - 1).Payload))!;
        }
    }

    private static bool IsAnswer(MqttMessage message) => message.Topic == "qms/v1/telecom-demo/rsp/store";

    private static IEnumerable<string> Lines(IReadOnlyDictionary<string, string> found) => found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}");
}
