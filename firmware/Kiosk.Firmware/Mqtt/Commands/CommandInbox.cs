using System.Threading.Channels;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <param name="User">Who sent it, as the topic says.</param>
/// <param name="ReplyTo">Where the answer goes unless the command says otherwise.</param>
/// <param name="Device">The device that the topic names, or null.</param>
internal sealed record Incoming(string User, string ReplyTo, byte[] Payload, string? Device = null);

/// <summary>Commands as they arrive, until the desk has time. The broker counts them as delivered: what finds no room here is lost, and its sender repeats it.</summary>
internal sealed partial class CommandInbox(Topics topics, ILogger<CommandInbox> log)
{
    /// <summary>More at once is a storm.</summary>
    public const int Room = 256;

    /// <summary>Who sends on <c>cmd</c>, and on <c>dev/{id}/cmd</c>: the broker does not say.</summary>
    public const string Store = "store", OfDevices = "device";

    private readonly Channel<Incoming> _waiting = Channel.CreateBounded<Incoming>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public IAsyncEnumerable<Incoming> ReadAsync(CancellationToken cancel) => _waiting.Reader.ReadAllAsync(cancel);

    public void Heard(MqttMessage message)
    {
        if (Of(message) is not { } incoming) return;

        // What is retained comes again with every connection: it is an old wish of nobody knows when.
        if (message.Retained) LogRetained(message.Topic);
        else if (!_waiting.Writer.TryWrite(incoming)) LogStorm(Room);
    }

    private Incoming? Of(MqttMessage message)
    {
        if (message.Topic == topics.Command) return new(Store, topics.Answer, message.Payload);
        if (topics.CommanderOf(message.Topic) is { } user) return new(user, topics.AnswerTo(user), message.Payload);
        return topics.DeviceOf(message.Topic, "cmd") is { } device ? new(OfDevices, topics.DeviceAnswer(device), message.Payload, device) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ignored a retained command on {Topic}: publish commands without retain")]
    private partial void LogRetained(string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "More than {Room} commands of the store wait: one was dropped without an answer")]
    private partial void LogStorm(int room);
}
