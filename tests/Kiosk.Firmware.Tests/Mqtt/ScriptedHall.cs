using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A hall made of what the test says: texts go out as they are, and what stores say is kept.</summary>
internal sealed class ScriptedHall : IAsyncDisposable
{
    public static readonly Topics Address = new("test-hall");

    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _heard = [];
    private readonly MosquittoClient _client;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedHall(BrokerAddress broker)
    {
        _client = new(new("scripted-hall") { BackOffLast = TimeSpan.FromMilliseconds(400) }, () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _client.Received += message =>
        {
            lock (_gate) _heard.Add(message);
            Asked?.Invoke(message);
        };
        _client.StateChanged += state => _ = state is MqttState.Connected ? ListenAsync() : Task.CompletedTask;
        _client.Start();
    }

    public event Action<MqttMessage>? Asked;

    /// <summary>What was said on a topic of the hall.</summary>
    public IReadOnlyList<string> Heard(string topic)
    {
        lock (_gate) return [.. _heard.Where(message => message.Topic == topic).Select(message => Encoding.UTF8.GetString(message.Payload))];
    }

    public static string Event(int epoch, long seq, string type = "counter-opened", string data = """{"counter":1}""", bool historical = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"v\":1,\"hall\":\"test-hall\",\"epoch\":{epoch},\"seq\":{seq},\"ts\":\"2026-01-05T08:00:00+00:00\",\"type\":\"{type}\",\"data\":{data}{(historical ? ",\"historical\":true" : "")}}}");

    public Task EventsAsync(int epoch, params IReadOnlyList<long> seqs) => SayAsync([.. seqs.Select(seq => Event(epoch, seq))]);

    public async Task SayAsync(params IReadOnlyList<string> events)
    {
        foreach (var one in events) await PublishAsync(Address.Events, one, retain: false);
    }

    public Task StatusAsync(StatusPayload status) => PublishAsync(Address.Status, Encoding.UTF8.GetString(PayloadJson.Bytes(status)), retain: true);

    public async Task PublishAsync(string topic, string text, bool retain)
    {
        await _ready.Task.WaitAsync(TestMosquitto.Watchdog);
        await (await _client.SendAsync(topic, Encoding.UTF8.GetBytes(text), retain, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);
    }

    /// <summary>Waits for a word of the store that is so, looking every 20 ms.</summary>
    public async Task<T> UntilAsync<T>(string topic, Func<T, bool> so)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (true)
        {
            foreach (var word in Heard(topic).Select(text => (T)JsonSerializer.Deserialize(text, PayloadJson.Wire.GetTypeInfo(typeof(T))!)!))
            {
                if (so(word)) return word;
            }

            await Task.Delay(20, watchdog.Token);
        }
    }

    /// <summary>Waits until the store has said something on a topic that often, looking every 20 ms.</summary>
    public async Task UntilCountAsync(string topic, int count)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (Heard(topic).Count < count) await Task.Delay(20, watchdog.Token);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task ListenAsync()
    {
        try
        {
            foreach (var topic in new[] { Address.Acknowledgement, Address.Rebirth, Address.Command, Address.CommandsOfAll }) await _client.SubscribeAsync(topic, CancellationToken.None);
            _ready.TrySetResult();
        }
        catch (MqttAwayException)
        {
            return; // The next connection listens again.
        }
    }
}
