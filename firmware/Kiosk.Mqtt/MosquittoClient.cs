using Microsoft.Extensions.Logging;

namespace Kiosk.Mqtt;

/// <summary>
/// libmosquitto on a thread of our own: connect, loop until it fails, wait, again, for ever. The library's own loops give up for good
/// on refused connections, TLS and DNS errors.
/// </summary>
/// <param name="broker">Asked before each attempt. Null while there is none; the text says why.</param>
public sealed partial class MosquittoClient(MqttOptions options, Func<(BrokerAddress? Address, string Reason)> broker, TimeProvider time, ILogger<MosquittoClient> log)
    : IMqttClient
{
    public const string MissingLibrary = "libmosquitto.so.1 is not installed: install the package libmosquitto1 (apt-get install libmosquitto1).";

    /// <summary>Why there is no address yet at a start: nothing to worry about, and not logged.</summary>
    public const string Starting = "The hall's own broker is starting.";

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1), Shake = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2), EndPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _window = new(MqttOptions.Window, MqttOptions.Window);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MqttState _state = new MqttState.Connecting();
    private volatile MosquittoConnection? _live;
    private readonly AutoResetEvent _hurry = new(false);
    private volatile bool _renew;
    private string? _owed;
    private int _started, _disposed, _times;

    public MqttState State => _state;

    public event Action<MqttState>? StateChanged;

    public event Action<MqttMessage>? Received;

    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) return;
        new Thread(Run) { IsBackground = true, Name = "mqtt" }.Start();
    }

    public async ValueTask<Task<Acknowledgement>> SendAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        await _window.WaitAsync(cancel);
        try
        {
            return Confirmed(Live.Publish(topic, payload.Span, retain));
        }
        catch
        {
            _window.Release();
            throw;
        }

        async Task<Acknowledgement> Confirmed(Task<Acknowledgement> acknowledged)
        {
            try
            {
                return await acknowledged;
            }
            finally
            {
                _window.Release();
            }
        }
    }

    public Task SubscribeAsync(string filter, CancellationToken cancel) => Live.Subscribe(filter).WaitAsync(cancel);

    /// <summary>Connects anew at once, with passwords and certificates as they are now. What is not acknowledged yet fails, as with every lost connection.</summary>
    public void Renew()
    {
        _renew = true;
        _live?.Disconnect();
        _hurry.Set();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        if (_live is { } live)
        {
            await SayFarewellAsync(live);
            await _stop.CancelAsync();
            live.Disconnect();
        }
        else
        {
            await _stop.CancelAsync();
        }

        if (_started != 0 && await Task.WhenAny(_ended.Task, Task.Delay(EndPatience, time, CancellationToken.None)) != _ended.Task)
        {
            // TCP connect can hold the thread for two minutes. It is a background thread and ends with the process.
            LogThreadHeld();
        }
    }

    private MosquittoConnection Live => _live ?? throw new MqttAwayException("There is no connection to the broker.");

    private async Task SayFarewellAsync(MosquittoConnection live)
    {
        if (options.Farewell?.Invoke() is not { } farewell) return;
        try
        {
            await live.Publish(farewell.Topic, farewell.Payload, retain: true).WaitAsync(FarewellPatience, time);
        }
        catch (Exception failure) when (failure is MqttException or TimeoutException)
        {
            LogFarewell(failure.Message);
        }
    }

    private void Run()
    {
        for (var attempt = 0; !_stop.IsCancellationRequested; attempt++)
        {
            var times = _times;
            var end = LiveOnce();
            if (_stop.IsCancellationRequested) break;

            // Who lets us in and then answers nothing is not asked again at once, time after time.
            var unanswered = (end as MqttState.Away)?.Unanswered;
            if (_times != times && (unanswered is null || _owed is null)) attempt = 0;
            if (_renew) continue; // Our own wish is no outage.
            Enter(end);
            _owed = unanswered;
            _ = WaitHandle.WaitAny([_stop.Token.WaitHandle, _hurry], BackOff(attempt));
        }

        _ended.SetResult();
    }

    /// <summary>Half to full of the doubled time: boards that lost one broker together do not come back together.</summary>
    private TimeSpan BackOff(int attempt)
    {
        var longest = Math.Min(options.BackOffLast.TotalMilliseconds, options.BackOffFirst.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 16)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }

    /// <summary>One connection from its beginning to its end, and why it ended.</summary>
    private MqttState LiveOnce()
    {
        var (found, reason) = broker();
        if (found is not { } address) return new MqttState.Away(reason);

        _renew = false;
        try
        {
            using var connection = new MosquittoConnection(options, address, message => Received?.Invoke(message), time, _owed);
            try
            {
                var error = connection.Connect(address);
                return error == MosquittoNative.Success ? Follow(connection, address) : Ended(connection, address, error);
            }
            finally
            {
                _live = null;
            }
        }
        catch (DllNotFoundException)
        {
            return new MqttState.Away(MissingLibrary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new MqttState.Refused(failure.Message) { Why = Refusal.Files };
        }
    }

    private MqttState Follow(MosquittoConnection connection, BrokerAddress address)
    {
        var (began, stopped, renewed) = (time.GetTimestamp(), 0L, 0L);
        while (true)
        {
            var error = connection.Loop(connection.Connack == 0 ? Idle : Shake);
            while (connection.TryTakeBug(out var bug)) LogHandler(bug);
            if (error != MosquittoNative.Success || connection.Connack > 0) return Ended(connection, address, error);

            // Only now, behind on_connect, may anything be published.
            if (connection.Connack == 0 && _live is null && !_stop.IsCancellationRequested)
            {
                _live = connection;
                Enter(new MqttState.Connected(++_times));
                if (_owed is null) LogConnected(address);
            }

            if (connection.Redeemed && _owed is not null)
            {
                _owed = null;
                LogAnswers(address);
            }

            if (connection.Overdue() is { } question) return Unanswered(connection, address, question);

            if (connection.Connack is null && time.GetElapsedTime(began) > options.Patience)
                return new MqttState.Away($"{address} accepts connections but does not answer MQTT.");

            // The loop goes on a little after a stop, to bring DISCONNECT out.
            if (_renew && renewed == 0) renewed = time.GetTimestamp();
            if (_renew && (connection.Connack is null || time.GetElapsedTime(renewed) > FarewellPatience)) return new MqttState.Connecting();
            if (!_stop.IsCancellationRequested) continue;
            if (stopped == 0) stopped = time.GetTimestamp();
            if (connection.Connack is null || time.GetElapsedTime(stopped) > FarewellPatience) return new MqttState.Away("The host stops.");
        }
    }

    private MqttState.Away Unanswered(MosquittoConnection connection, BrokerAddress address, string question)
    {
        var reason = $"{address} lets us in, and has not answered {question} for {options.AnswerPatience.TotalSeconds:0} s. It is tried anew: see whether the broker is overloaded or its disk is full, or start it anew.";
        connection.GiveUp(reason);
        return new(reason) { Unanswered = question };
    }

    private MqttState Ended(MosquittoConnection connection, BrokerAddress address, int error)
    {
        if (options.Protocol == MqttProtocol.V5 && connection.Connack == MosquittoNative.UnsupportedProtocol)
            return new MqttState.Refused($"{address} does not speak MQTT 5: set mqtt.protocol to \"3.1.1\" in the profile.");
        if (connection.Connack is > 0 and var code) return RefusalText.OfConnack(address, code, options);
        if (connection.Dismissal is { } dismissal)
            return new MqttState.Away($"{address} sent us away: {MosquittoNative.ReasonText(dismissal)}");

        // With TLS 1.3 the broker's word on our certificate comes when the connection seems to stand already.
        if (address.Tls && connection.Connack is null && (error == MosquittoNative.TlsFailed || connection.Complaints.Count > 0))
        {
            return RefusalText.OfTls(
                address, connection.Complaints, BrokerCertificate.Trouble(address, options.Tls?.CaFile, time.GetUtcNow(), options.Zone, options.Patience), options.Tls);
        }

        // RabbitMQ 3.10 has no word for it.
        if (options.Protocol == MqttProtocol.V5 && connection.Connack is null && error == MosquittoNative.ConnectionLost)
            return new MqttState.Away($"{address} hung up before it answered. If it speaks MQTT 3.1.1 only, set mqtt.protocol to \"3.1.1\" in the profile.");
        return new MqttState.Away($"{address}: {MosquittoNative.ErrorText(error)}");
    }

    private void Enter(MqttState state)
    {
        var before = _state;
        _state = state;
        if (before == state) return;

        // Logged on change, not at each attempt: an outage of a night is one line.
        if (state is MqttState.Away away && away.Reason != Starting && (away.Unanswered is null || away.Unanswered != _owed)) LogAway(away.Reason);
        if (state is MqttState.Refused refused) LogRefused(refused.Reason);
        StateChanged?.Invoke(state);
    }
}
