using System.Collections.Concurrent;
using System.Globalization;
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
    /// <summary>A store that has acknowledged before and says nothing for so long, while events wait for its word, is spoken of.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ReportingTrouble> _troubles = new();
    private MqttState _state = new MqttState.Off();
    private DateTimeOffset _since, _waitsSince;
    private int _by;
    private volatile bool _nobodyListens;
    private long _acknowledged, _last;

    /// <summary>Another one at each start of the host.</summary>
    public string Boot { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public MqttState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>Address of the broker as a technician would type it; empty while there is none.</summary>
    public string Broker => Finder?.Find().Address?.ToString() ?? "";

    internal BrokerFinder? Finder { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What stands in the way although we are connected (a topic is denied, the journal cannot be read), or null.</summary>
    public string? Trouble => First?.Said;

    /// <summary>The broker has no subscriber for the events: they stay in the journal until there is one. No fault of the hall's.</summary>
    public bool NobodyListens => _nobodyListens;

    public AcknowledgedBy By => (AcknowledgedBy)Volatile.Read(ref _by);

    /// <summary>Seq of the last event that is acknowledged; 0 = none.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Events of the journal that are not acknowledged yet.</summary>
    public long Lag => Math.Max(0, Interlocked.Read(ref _last) - Acknowledged);

    /// <summary>The most pressing of what keeps the store from hearing us or us from hearing it, or null.</summary>
    public ReportingTrouble? Worst
    {
        get
        {
            var (state, since) = Entered;
            return state switch
            {
                MqttState.Refused refused => new(Of(refused.Why), since, refused.Reason),
                MqttState.Away { Unanswered: { } question } when _troubles.TryGetValue(Owed(question), out var unanswered) => unanswered,
                MqttState.Away away => new(ReportingFault.Away, since, away.Reason),
                _ => First is { Fault: not ReportingFault.Credentials } trouble ? trouble : Silence ?? First,
            };
        }
    }

    /// <summary>Raised on any thread after state or trouble changed. Handlers must not block.</summary>
    public event Action? Changed;

    private (MqttState State, DateTimeOffset Since) Entered
    {
        get
        {
            lock (_gate) return (_state, _since);
        }
    }

    private ReportingTrouble? First => _troubles
        .OrderBy(pair => pair.Value.Fault == ReportingFault.Credentials).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).FirstOrDefault();

    private ReportingTrouble? Silence
    {
        get
        {
            if (By != AcknowledgedBy.Store || Lag == 0) return null;
            DateTimeOffset since;
            lock (_gate) since = _waitsSince;
            return Time.GetUtcNow() - since < SilentAfter
                ? null
                : new(ReportingFault.Silent, since, string.Create(CultureInfo.InvariantCulture, $"The store has acknowledged nothing since event {Acknowledged}: {Lag} events wait for it. Ask the store's people whether their system runs and may write to ack."));
        }
    }

    internal void Enter(MqttState state)
    {
        lock (_gate)
        {
            // Another address or another wording is no new trouble; another fault is.
            if (state.GetType() != _state.GetType() || (state as MqttState.Refused)?.Why != (_state as MqttState.Refused)?.Why) _since = Time.GetUtcNow();
            _state = state;
        }

        // Said until just that is answered: the next connection stands in an instant, and that alone proves nothing.
        if (state is MqttState.Away { Unanswered: { } question } away) Say(Owed(question), away.Reason, ReportingFault.Unanswered);
        Changed?.Invoke();
    }

    /// <param name="part">Who says so: each part of the reporting takes back only its own.</param>
    /// <param name="trouble">Null = over.</param>
    internal void Say(string part, string? trouble, ReportingFault fault = ReportingFault.Other)
    {
        var before = _troubles.GetValueOrDefault(part);
        if (before?.Said == trouble) return;
        if (trouble is null) _troubles.TryRemove(part, out _);
        else _troubles[part] = new(fault, before?.Fault == fault ? before.Since : Time.GetUtcNow(), trouble);
        Changed?.Invoke();
    }

    /// <param name="question">The topic of a message, or <see cref="MqttState.Away.Subscription"/>.</param>
    internal void Answered(string question) => Say(Owed(question), null);

    internal void Listens(bool somebody)
    {
        if (_nobodyListens == !somebody) return;
        _nobodyListens = !somebody;
        Changed?.Invoke();
    }

    internal string? Says(string part) => _troubles.GetValueOrDefault(part)?.Said;

    internal void Reached(long acknowledged, AcknowledgedBy by)
    {
        var other = Interlocked.Exchange(ref _by, (int)by) != (int)by;
        if (Interlocked.Exchange(ref _acknowledged, acknowledged) != acknowledged) Waits();

        // A store that is forgotten is not silent any more.
        if (other) Changed?.Invoke();
    }

    internal void Saw(long last)
    {
        var behind = Lag > 0;
        Interlocked.Exchange(ref _last, last);
        if (!behind) Waits();
    }

    // Beside the topic's own part: a broker may answer the one and not the other.
    private static string Owed(string question) => "unanswered " + question;

    private void Waits()
    {
        lock (_gate) _waitsSince = Time.GetUtcNow();
    }

    private static ReportingFault Of(Refusal refusal) => refusal switch
    {
        Refusal.Password => ReportingFault.Password,
        Refusal.OurCertificate => ReportingFault.OurCertificate,
        Refusal.TheirCertificate => ReportingFault.TheirCertificate,
        Refusal.Files => ReportingFault.Files,
        _ => ReportingFault.Other,
    };
}
