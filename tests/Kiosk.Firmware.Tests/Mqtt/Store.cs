using System.Text.Json;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The other side: hears everything of a hall, and answers where it is told to.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<MqttMessage> _heard = [];
    private readonly List<(int Epoch, long Seq)> _events = [];
    private readonly HashSet<long> _seqs = [];
    private readonly string _filter;
    private readonly MosquittoClient _client;
    private TaskCompletionSource _subscribed = New(), _more = New();

    public Store(BrokerAddress broker, string name = "store", string filter = "qms/v1/#", string? user = null, string password = "right")
    {
        _filter = filter;
        _client = new(
            new(name) { User = user, Password = () => password, BackOffLast = TimeSpan.FromMilliseconds(400) },
            () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _client.Received += Hear;
        _client.StateChanged += state => _ = state is MqttState.Connected ? SubscribeAsync() : Task.CompletedTask;
        _client.Start();
    }

    public IMqttClient Client => _client;

    public IReadOnlyList<MqttMessage> Heard
    {
        get
        {
            lock (_gate) return [.. _heard];
        }
    }

    /// <summary>The (epoch, seq) of each event in the order of arrival, repeats included.</summary>
    public IReadOnlyList<(int Epoch, long Seq)> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    /// <summary>Up to which seq there is no gap.</summary>
    public long Whole { get; private set; }

    public static (int Epoch, long Seq) Place(MqttMessage message)
    {
        var root = JsonDocument.Parse(message.Payload).RootElement;
        return (root.GetProperty("epoch").GetInt32(), root.GetProperty("seq").GetInt64());
    }

    public Task SubscribedAsync() => _subscribed.Task.WaitAsync(TestMosquitto.Watchdog);

    public Task UntilAsync(Func<IReadOnlyList<MqttMessage>, bool> enough) => UntilAsync(() => enough(Heard));

    public Task UntilEventAsync(long seq) => UntilAsync(() =>
    {
        lock (_gate) return _seqs.Contains(seq);
    });

    public async Task SayAsync(string topic, string payload)
    {
        await SubscribedAsync();
        await (await _client.SendAsync(topic, System.Text.Encoding.UTF8.GetBytes(payload), retain: false, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);
    }

    private async Task UntilAsync(Func<bool> enough)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (true)
        {
            Task more;
            lock (_gate) more = _more.Task;
            if (enough()) return;
            await more.WaitAsync(watchdog.Token);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task SubscribeAsync()
    {
        try
        {
            await _client.SubscribeAsync(_filter, CancellationToken.None);
            _subscribed.TrySetResult();
        }
        catch (MqttAwayException)
        {
            // The next connection subscribes again.
            _subscribed = New();
        }
    }

    private void Hear(MqttMessage message)
    {
        lock (_gate)
        {
            _heard.Add(message);
            if (message.Topic.EndsWith("/evt", StringComparison.Ordinal))
            {
                _events.Add(Place(message));
                _seqs.Add(_events[^1].Seq);
                while (_seqs.Contains(Whole + 1)) Whole++;
            }

            var more = _more;
            _more = New();
            more.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
