namespace Kiosk.Mqtt;

/// <summary>A message that arrived.</summary>
/// <param name="Payload">A copy of our own: the library's memory is gone when its callback returns.</param>
public readonly record struct MqttMessage(string Topic, byte[] Payload, bool Retained);

/// <summary>What the broker did with a message.</summary>
public enum Acknowledgement
{
    /// <summary>Took it. MQTT 3.1.1 says no more than that.</summary>
    Taken,

    /// <summary>Threw it away, as nobody has subscribed (MQTT 5, reason 0x10). Brokers need not say so; mosquitto does.</summary>
    NobodyListens,
}

/// <summary>
/// One connection to one broker that is looked after for ever. Nothing is kept for a connection that is gone: what was not
/// acknowledged fails with <see cref="MqttAwayException"/>, and the sender begins again from the journal.
/// </summary>
public interface IMqttClient : IAsyncDisposable
{
    MqttState State { get; }

    /// <summary>Raised on the client's thread after <see cref="State"/> changed. Handlers set a flag and return.</summary>
    event Action<MqttState>? StateChanged;

    /// <summary>Raised on the client's thread. Handlers must not block. The broker takes the message as done already.</summary>
    event Action<MqttMessage>? Received;

    void Start();

    /// <summary>
    /// Hands a message over at QoS 1. The outer task ends when the message has its place in the window and in the order of sending;
    /// the inner one when the broker has acknowledged it.
    /// </summary>
    /// <exception cref="MqttAwayException">Not connected, or the connection went before the acknowledgement, or was left as none came: it may have arrived or not.</exception>
    /// <exception cref="MqttDeniedException">The broker said no (MQTT 5 only: with 3.1.1 brokers drop it without a word).</exception>
    ValueTask<Task<Acknowledgement>> SendAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel);

    /// <summary>Lasts as long as the connection: subscribe again after each <see cref="MqttState.Connected"/>.</summary>
    /// <exception cref="MqttAwayException"/>
    /// <exception cref="MqttDeniedException"/>
    Task SubscribeAsync(string filter, CancellationToken cancel);
}
