namespace Kiosk.Mqtt;

/// <summary>How we stand with the broker.</summary>
public abstract record MqttState
{
    private MqttState() { }

    /// <summary>The profile asks for no reporting.</summary>
    public sealed record Off : MqttState;

    public sealed record Connecting : MqttState;

    /// <param name="Times">Counts the connections of this run from 1: another number is another connection.</param>
    public sealed record Connected(int Times) : MqttState;

    /// <summary>A broker is there and will not have us: user, password, certificate or rights. Tried again all the same.</summary>
    public sealed record Refused(string Reason) : MqttState
    {
        public Refusal Why { get; init; }
    }

    /// <summary>No broker is to be reached. Tried again for ever.</summary>
    public sealed record Away(string Reason) : MqttState
    {
        /// <summary>For what the broker let us wait in vain: the topic of a message, or a <see cref="Subscription"/>; or null.</summary>
        public string? Unanswered { get; init; }

        /// <summary>As such a subscription is named: its filter may be the topic of a message as well.</summary>
        public static string Subscription(string filter) => $"the subscription to {filter}";
    }
}

/// <summary>What has to be mended before a broker will have us.</summary>
public enum Refusal
{
    /// <summary>The reason says all that is known.</summary>
    Other,

    /// <summary>User or password.</summary>
    Password,

    /// <summary>The broker does not accept our certificate, or wants one.</summary>
    OurCertificate,

    /// <summary>We do not accept the broker's.</summary>
    TheirCertificate,

    /// <summary>A file of ours is missing, unreadable or of another kind.</summary>
    Files,
}

/// <summary>Something the broker or the way to it did not allow.</summary>
public abstract class MqttException(string message) : Exception(message);

/// <summary>There is no connection, or it went before the broker answered.</summary>
public class MqttAwayException(string message) : MqttException(message);

/// <summary>The connection was given up, as the broker acknowledged nothing for too long.</summary>
public sealed class MqttUnansweredException(string message) : MqttAwayException(message);

/// <summary>The broker answered with a reason code of 0x80 or above, or the library would not send it at all.</summary>
/// <param name="Code">MQTT 5 reason code (0x87 = not authorised), or 0 where the library refused.</param>
public sealed class MqttDeniedException(string topic, int code, string reason)
    : MqttException(code == 0 ? $"{topic} cannot be sent: {reason}" : $"The broker denies {topic}: {reason} (0x{code:x2})")
{
    public string Topic { get; } = topic;

    public int Code { get; } = code;

    public string Reason { get; } = reason;
}
