using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Does not get a word out on one topic.</summary>
internal sealed class Speechless(IMqttClient client, string topic) : IMqttClient
{
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

    public void Start() => client.Start();

    public ValueTask<Task<Acknowledgement>> SendAsync(string to, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel) =>
        to == topic ? throw new MqttAwayException("cut") : client.SendAsync(to, payload, retain, cancel);

    public Task SubscribeAsync(string filter, CancellationToken cancel) => client.SubscribeAsync(filter, cancel);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
