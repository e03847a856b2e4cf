namespace Kiosk.Mqtt;

public enum MqttProtocol
{
    /// <summary>MQTT 3.1.1: denied messages vanish without a word there. Only for brokers that have no 5.</summary>
    V311 = 4,
    V5 = 5,
}

/// <param name="CaFile">PEM; null = the certificates the system trusts.</param>
/// <param name="CertFile">PEM, with <paramref name="KeyFile"/>, where the broker wants to see who we are; else null.</param>
public sealed record MqttTls(string? CaFile, string? CertFile, string? KeyFile);

/// <summary>Where a broker listens.</summary>
/// <param name="Tls">Whether to speak TLS; the files are in <see cref="MqttOptions.Tls"/>.</param>
public readonly record struct BrokerAddress(string Host, int Port, bool Tls)
{
    /// <summary>From <c>mqtt://host:1883</c> or <c>mqtts://host:8883</c>; ports may be left out.</summary>
    /// <exception cref="ArgumentException">Another scheme, or no host.</exception>
    public static BrokerAddress Of(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Scheme is not ("mqtt" or "mqtts") || url.Host.Length == 0)
            throw new ArgumentException($"'{url}' is no broker address: expected mqtt://host:port or mqtts://host:port.", nameof(url));

        var tls = url.Scheme == "mqtts";
        return new(url.IdnHost, url.Port > 0 ? url.Port : tls ? 8883 : 1883, tls);
    }

    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{Host}:{Port}";
}

/// <summary>Retained text that the broker publishes for us when we vanish, and that we publish when we leave.</summary>
public sealed record MqttFarewell(string Topic, byte[] Payload);

/// <param name="ClientId">Unique at the broker: a second client of this name throws the first one out.</param>
/// <param name="Farewell">Asked for at each connect and when leaving.</param>
public sealed record MqttOptions(string ClientId, Func<MqttFarewell>? Farewell = null)
{
    /// <summary>Messages sent and not yet acknowledged, at most. The library's own queue has no limit.</summary>
    public const int Window = 100;

    public MqttProtocol Protocol { get; init; } = MqttProtocol.V5;

    public string? User { get; init; }

    /// <summary>Asked for at each connect, so that a changed password file is seen. It may throw <see cref="IOException"/>.</summary>
    public Func<string>? Password { get; init; }

    public MqttTls? Tls { get; init; }

    /// <summary>For dates in sentences.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whole seconds, 5 or more (libmosquitto).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the open TCP connection to the broker's CONNACK.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a message or a subscription to its acknowledgement. A broker that takes longer is left and tried again.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the broker keeps messages for us while we are away (MQTT 5); zero: the session ends with its connection.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan BackOffFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan BackOffLast { get; init; } = TimeSpan.FromSeconds(30);
}
