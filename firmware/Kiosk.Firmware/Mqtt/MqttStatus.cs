using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>Whose word moves the place up to which the store has everything.</summary>
public enum AcknowledgedBy
{
    /// <summary>No store ever acknowledged. The broker has taken the events, which is not durability.</summary>
    Broker,

    Store,
}

/// <summary>How reporting to the store stands: for /health and screens. Thread safe.</summary>
public sealed class MqttStatus
{
    private volatile MqttState _state = new MqttState.Off();
    private readonly ConcurrentDictionary<string, string> _troubles = new();
    private volatile int _by;
    private volatile bool _nobodyListens;
    private long _acknowledged, _last;

    /// <summary>Another one at each start of the host.</summary>
    public string Boot { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public MqttState State => _state;

    /// <summary>Address of the broker as a technician would type it; empty while there is none.</summary>
    public string Broker => Finder?.Find().Address?.ToString() ?? "";

    internal BrokerFinder? Finder { get; init; }

    /// <summary>What stands in the way although we are connected (a topic is denied, the journal cannot be read), or null.</summary>
    public string? Trouble => _troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The broker has no subscriber for the events: they stay in the journal until there is one. No fault of the hall's.</summary>
    public bool NobodyListens => _nobodyListens;

    public AcknowledgedBy By => (AcknowledgedBy)_by;

    /// <summary>Seq of the last event that is acknowledged; 0 = none.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Events of the journal that are not acknowledged yet.</summary>
    public long Lag => Math.Max(0, Interlocked.Read(ref _last) - Acknowledged);

    /// <summary>Raised on any thread after state or trouble changed. Handlers must not block.</summary>
    public event Action? Changed;

    internal void Enter(MqttState state)
    {
        _state = state;
        Changed?.Invoke();
    }

    /// <param name="part">Who says so: each part of the reporting takes back only its own.</param>
    /// <param name="trouble">Null = over.</param>
    internal void Say(string part, string? trouble)
    {
        if (_troubles.GetValueOrDefault(part) == trouble) return;
        if (trouble is null) _troubles.TryRemove(part, out _);
        else _troubles[part] = trouble;
        Changed?.Invoke();
    }

    internal void Listens(bool somebody)
    {
        if (_nobodyListens == !somebody) return;
        _nobodyListens = !somebody;
        Changed?.Invoke();
    }

    internal string? Says(string part) => _troubles.GetValueOrDefault(part);

    internal void Reached(long acknowledged, AcknowledgedBy by)
    {
        _by = (int)by;
        Interlocked.Exchange(ref _acknowledged, acknowledged);
    }

    internal void Saw(long last) => Interlocked.Exchange(ref _last, last);
}
