using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Bench.Reporting;

/// <summary>A plain subscriber that counts.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly MosquittoClient _client;
    private readonly string _topic;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count, _wanted = long.MaxValue;

    public Listener(BrokerAddress broker, string topic)
    {
        _topic = topic;
        _client = new(new($"bench-{Guid.NewGuid():N}"[..20]), () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _client.Received += Hear;
        _client.StateChanged += state => _ = state is MqttState.Connected ? SubscribeAsync() : Task.CompletedTask;
        _client.Start();
    }

    public Task ReadyAsync(CancellationToken cancel) => _ready.Task.WaitAsync(TimeSpan.FromSeconds(20), cancel);

    /// <summary>Ends with the n-th message from now on. Call it before the first is sent.</summary>
    public Task AfterAsync(int count)
    {
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _count, 0);
        Interlocked.Exchange(ref _wanted, count);
        return _reached.Task;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Hear(MqttMessage message)
    {
        if (message.Topic == _topic && Interlocked.Increment(ref _count) == Interlocked.Read(ref _wanted)) _reached.TrySetResult();
    }

    private async Task SubscribeAsync()
    {
        await _client.SubscribeAsync(_topic, CancellationToken.None);
        _ready.TrySetResult();
    }
}
