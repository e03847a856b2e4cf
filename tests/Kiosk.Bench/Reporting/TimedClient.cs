using System.Diagnostics;
using Kiosk.Mqtt;

namespace Kiosk.Bench.Reporting;

/// <summary>The hall's client, which notes when the broker acknowledges what goes to one topic.</summary>
internal sealed class TimedClient(IMqttClient client, string topic) : IMqttClient
{
    private TaskCompletionSource<long> _acknowledged = New();

    public MqttState State => client.State;

    public event Action<MqttState>? StateChanged
    {
        add => client.StateChanged += value;
        remove => client.StateChanged -= value;
    }

    public event Action<MqttMessage>? Received
    {
        add => client.Received += value;
        remove => client.Received -= value;
    }

    /// <summary>Timestamp of the next acknowledgement from now on. Ask before it is sent.</summary>
    public Task<long> Next() => (_acknowledged = New()).Task;

    public void Start() => client.Start();

    public Task SubscribeAsync(string filter, CancellationToken cancel) => client.SubscribeAsync(filter, cancel);

    public async ValueTask<Task<Acknowledgement>> SendAsync(string to, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var acknowledged = await client.SendAsync(to, payload, retain, cancel);
        if (to == topic) _ = acknowledged.ContinueWith(_ => _acknowledged.TrySetResult(Stopwatch.GetTimestamp()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return acknowledged;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
