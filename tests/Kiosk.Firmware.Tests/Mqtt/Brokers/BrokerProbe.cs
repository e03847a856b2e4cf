using System.Diagnostics;
using System.Text;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>Finds out what a broker can do, in the words of the table in <c>brokers.md</c>.</summary>
/// <param name="protocol">What the hall and the store speak with it.</param>
internal sealed class BrokerProbe(PrivateBroker broker, MqttProtocol protocol)
{
    private const string Root = "qms/v1/probe";

    /// <summary>What did not come by then does not come: on a broker on this machine it is there within milliseconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);

    private readonly Dictionary<string, string> _found = [];

    /// <summary>The broker is killed once in the middle.</summary>
    /// <returns>By the name of the capability.</returns>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync()
    {
        Say("speaks MQTT 5", await WelcomesAsync(MqttProtocol.V5));
        await using (var hall = await ConnectedAsync("hall"))
        {
            await AcknowledgeAsync(hall);
            await RetainAsync(hall);
            await DotsAsync(hall);
            await BigAsync(hall);
            await DenyAsync(hall);
        }

        await WillAsync();
        await KillAsync();
        return _found;
    }

    private void Say(string capability, bool can) => _found[capability] = can ? "yes" : "no";

    private async Task AcknowledgeAsync(MosquittoClient hall)
    {
        var ear = await HearAsync($"{Root}/order");
        await using var _ = ear;
        var sent = new List<Task<Acknowledgement>>();
        for (var seq = 1; seq <= 300; seq++) sent.Add(await hall.SendAsync($"{Root}/order", Encoding.UTF8.GetBytes($"{seq}"), retain: false, CancellationToken.None));
        await Task.WhenAll(sent).WaitAsync(TestMosquitto.Watchdog);
        await ear.UntilAsync(heard => heard.Count >= 300);
        Say("QoS 1 in order", ear.Heard.Select(message => Encoding.UTF8.GetString(message.Payload)).SequenceEqual(Enumerable.Range(1, 300).Select(seq => $"{seq}")));

        var nobody = await await hall.SendAsync($"{Root}/nobody", new byte[1], retain: false, CancellationToken.None);
        Say("says that nobody listens", nobody == Acknowledgement.NobodyListens);
    }

    private async Task RetainAsync(MosquittoClient hall)
    {
        foreach (var counter in new[] { 1, 2 }) await PutAsync(hall, $"{Root}/state/counter/{counter}", "text", retain: true);
        Say("retained, by the topic itself", await HeardAsync($"{Root}/state/counter/1") == 1);
        Say("retained, by a filter with + or #", await HeardAsync($"{Root}/state/counter/+") == 2 && await HeardAsync($"{Root}/#") == 2);
        await PutAsync(hall, $"{Root}/state/counter/1", "", retain: true);
        Say("an empty text clears a retained one", await HeardAsync($"{Root}/state/counter/1") == 0);
    }

    private async Task DotsAsync(MosquittoClient hall) => Say("a dot in a topic", await CarriesAsync(hall, $"{Root}/cmd/+", $"{Root}/cmd/a.b", new byte[1]));

    private async Task BigAsync(MosquittoClient hall) => Say("messages of 256 kB", await CarriesAsync(hall, $"{Root}/big", $"{Root}/big", new byte[256_000]));

    /// <summary>Outside of qms each of them lets nobody write.</summary>
    private async Task DenyAsync(MosquittoClient hall)
    {
        try
        {
            await PutAsync(hall, "elsewhere/x", "text", retain: false);
            _found["a denied message"] = "vanishes";
        }
        catch (MqttDeniedException)
        {
            _found["a denied message"] = "named";
        }
        catch (MqttAwayException)
        {
            _found["a denied message"] = "disconnects";
        }
        catch (TimeoutException)
        {
            _found["a denied message"] = "unanswered";
        }
    }

    private async Task WillAsync()
    {
        var ear = await HearAsync($"{Root}/status");
        await using var _ = ear;
        using (var wire = new TestWire(broker.Port))
        {
            await using var cut = Client("cut", protocol, () => new BrokerAddress("127.0.0.1", wire.Port, Tls: false), new($"{Root}/status", "gone"u8.ToArray()));
            await MosquittoClientTests.StateAsync<MqttState.Connected>(cut);
            wire.Break();
            await ear.UntilAsync(heard => heard.Any(message => message.Payload.AsSpan().SequenceEqual("gone"u8)));
        }

        Say("last will, retained", await HeardAsync($"{Root}/status") == 1);
    }

    private async Task KillAsync()
    {
        // A session that is away, as a store's of 3.1.1 would be: made by mosquitto_sub, whose sessions can outlive it.
        await ListenAsync("-W", "1");
        await using (var hall = await ConnectedAsync("hall"))
        {
            for (var seq = 1; seq <= 100; seq++) await PutAsync(hall, $"{Root}/away", $"{seq}", retain: false);
            await PutAsync(hall, $"{Root}/state/hall", "text", retain: true);
        }

        broker.Kill();
        await broker.StartAsync();
        Say("what a session has not heard outlives a kill", await ListenAsync("-C", "100", "-W", "5") == 100);
        Say("retained texts outlive a kill", await HeardAsync($"{Root}/state/hall") == 1);
    }

    private async Task<bool> CarriesAsync(MosquittoClient hall, string filter, string topic, byte[] payload)
    {
        try
        {
            await using var ear = await HearAsync(filter);
            await PutAsync(hall, topic, payload, retain: false);
            await Task.WhenAny(ear.UntilAsync(heard => heard.Count > 0), Task.Delay(Silence));
            return ear.Heard.Any(message => message.Topic == topic && message.Payload.Length == payload.Length);
        }
        catch (MqttException)
        {
            // Rather than refuse it, the broker ends the connection.
            await MosquittoClientTests.StateAsync<MqttState.Connected>(hall);
            return false;
        }
    }

    private async Task<int> HeardAsync(string filter)
    {
        await using var ear = await HearAsync(filter);
        await Task.Delay(Silence);
        return ear.Heard.Count(message => message.Retained && message.Payload.Length > 0);
    }

    private async Task<int> ListenAsync(params string[] until)
    {
        var version = protocol == MqttProtocol.V5 ? "mqttv5" : "mqttv311";
        using var sub = Process.Start(new ProcessStartInfo("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", version, "-q", "1", "-c", "-i", "away", "-t", $"{Root}/away", .. until])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        var lines = await sub.StandardOutput.ReadToEndAsync(watchdog.Token);
        await sub.WaitForExitAsync(watchdog.Token);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private async Task<bool> WelcomesAsync(MqttProtocol with)
    {
        await using var client = Client("welcome", with, () => broker.Address);
        return await MosquittoClientTests.SettledAsync(client) is MqttState.Connected;
    }

    private static Task PutAsync(MosquittoClient client, string topic, string text, bool retain) => PutAsync(client, topic, Encoding.UTF8.GetBytes(text), retain);

    private static async Task PutAsync(MosquittoClient client, string topic, byte[] payload, bool retain) =>
        await (await client.SendAsync(topic, payload, retain, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(5));

    private async Task<MosquittoClient> ConnectedAsync(string name)
    {
        var client = Client(name, protocol, () => broker.Address);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
        return client;
    }

    private async Task<Store> HearAsync(string filter)
    {
        var ear = new Store(broker.Address, $"ear-{Guid.NewGuid():N}", filter, protocol: protocol);
        await ear.SubscribedAsync();
        return ear;
    }

    private static MosquittoClient Client(string name, MqttProtocol protocol, Func<BrokerAddress> address, MqttFarewell? will = null)
    {
        var client = new MosquittoClient(
            new(name, will is null ? null : () => will) { Protocol = protocol, BackOffLast = TimeSpan.FromMilliseconds(400) }, () => (address(), ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        return client;
    }
}
