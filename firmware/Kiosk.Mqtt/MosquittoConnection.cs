using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Kiosk.Mqtt.MosquittoNative;

namespace Kiosk.Mqtt;

/// <summary>
/// One libmosquitto client for one connection. It is thrown away with the connection, and the library's queue with it: a client that
/// reconnects sends its old messages behind our back, and new ones can overtake them.
/// </summary>
internal sealed unsafe class MosquittoConnection : IDisposable
{
    private const int MostComplaints = 20;

    /// <summary>MQTT 5, section 3.4.2.1.</summary>
    private const int NoMatchingSubscribers = 0x10;

    // Message ids are registered under the lock that the callbacks take: the acknowledgement can come before publish has returned.
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (string Topic, string Question, long Since, TaskCompletionSource<Acknowledgement> Done)> _open = [];
    private readonly ConcurrentQueue<Exception> _bugs = new();
    private readonly List<string> _complaints = [];
    private readonly MqttOptions _options;
    private readonly Action<MqttMessage> _received;
    private readonly TimeProvider _time;
    private readonly string? _owed;
    private MqttAwayException _gone = new("The connection to the broker is gone.");
    private GCHandle _self;
    private nint _client;

    /// <param name="owed">What the broker left unanswered in an earlier connection, or null.</param>
    /// <exception cref="DllNotFoundException">libmosquitto.so.1 is not installed.</exception>
    /// <exception cref="IOException">The password file cannot be read, or the library refuses a setting; the message says which.</exception>
    public MosquittoConnection(MqttOptions options, BrokerAddress address, Action<MqttMessage> received, TimeProvider time, string? owed = null)
    {
        (_options, _received, _time, _owed) = (options, received, time, owed);
        _ = mosquitto_lib_init(); // Only counts when called again. Not in a static constructor: a library installed later is found then.
        _self = GCHandle.Alloc(this);
        try
        {
            // A session of 3.1.1 would never end at the broker; with 5 it has an expiry.
            _client = mosquitto_new(options.ClientId, options.Protocol == MqttProtocol.V311 || options.Session == TimeSpan.Zero, GCHandle.ToIntPtr(_self));
            if (_client == 0) throw new IOException($"libmosquitto gives no client: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
            Configure(address);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The broker's answer to CONNECT, 0 = welcome; null before it came.</summary>
    public int? Connack { get; private set; }

    /// <summary>Why the broker sent us away, where it said so.</summary>
    public int? Dismissal { get; private set; }

    /// <summary>What was owed is answered in this connection.</summary>
    public bool Redeemed { get; private set; }

    /// <summary>What the library and OpenSSL said went wrong, oldest first.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints) return [.. _complaints];
        }
    }

    /// <summary>Blocks until the TCP connection stands or the kernel gives up.</summary>
    /// <returns>The library's error, 0 = connected.</returns>
    public int Connect(BrokerAddress address)
    {
        nint properties = 0;
        if (_options.Protocol == MqttProtocol.V5) Check(mosquitto_property_add_int32(ref properties, PropertySessionExpiry, (uint)_options.Session.TotalSeconds), "session expiry");
        var error = mosquitto_connect_bind_v5(_client, address.Host, address.Port, (int)_options.KeepAlive.TotalSeconds, null, properties);
        if (properties != 0) mosquitto_property_free_all(ref properties);
        return error;
    }

    /// <summary>Reads, writes and keeps alive for at most that long.</summary>
    public int Loop(TimeSpan atMost) => mosquitto_loop(_client, (int)atMost.TotalMilliseconds, 1);

    /// <summary>Exceptions of our own handlers: none may leave an unmanaged callback.</summary>
    public bool TryTakeBug(out Exception? bug) => _bugs.TryDequeue(out bug);

    public Task<Acknowledgement> Publish(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        lock (_gate)
        {
            if (_client == 0) throw new MqttAwayException(_gone.Message);
            int error, id;
            fixed (byte* bytes = payload) error = mosquitto_publish_v5(_client, out id, topic, payload.Length, bytes, 1, retain, 0);
            return Await(error, id, topic, topic);
        }
    }

    public Task Subscribe(string filter)
    {
        lock (_gate)
        {
            if (_client == 0) throw new MqttAwayException(_gone.Message);
            return Await(mosquitto_subscribe_v5(_client, out var id, filter, 1, 0, 0), id, filter, MqttState.Away.Subscription(filter));
        }
    }

    /// <summary>Asks the loop to send DISCONNECT, after which the broker forgets the last will.</summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            if (_client != 0) _ = mosquitto_disconnect_v5(_client, 0, 0);
        }
    }

    /// <summary>The oldest of what is open, where that waits for longer than the broker may take; or null.</summary>
    public string? Overdue()
    {
        lock (_gate)
        {
            var (oldest, at) = ((string?)null, long.MaxValue);
            foreach (var (_, question, since, _) in _open.Values)
            {
                if (since < at) (oldest, at) = (question, since);
            }

            return oldest is not null && _time.GetElapsedTime(at) >= _options.AnswerPatience ? oldest : null;
        }
    }

    /// <summary>Says with what the open ones fail when the connection ends.</summary>
    public void GiveUp(string reason) => _gone = new MqttUnansweredException(reason);

    /// <summary>On the thread that loops, or after it. Whatever is open fails.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_client != 0) mosquitto_destroy(_client);
            _client = 0;
            if (_self.IsAllocated) _self.Free();
            foreach (var (_, _, _, done) in _open.Values) done.TrySetException(_gone);
            _open.Clear();
        }
    }

    private static void Check(int error, string what)
    {
        if (error != Success) throw new IOException($"libmosquitto does not accept the {what}: {ErrorText(error)}");
    }

    private static MosquittoConnection Self(nint context) => (MosquittoConnection)GCHandle.FromIntPtr(context).Target!;

    private void Configure(BrokerAddress address)
    {
        Check(mosquitto_threaded_set(_client, true), "use from several threads");
        Check(mosquitto_int_option(_client, OptionProtocol, (int)_options.Protocol), "protocol version");
        Check(mosquitto_int_option(_client, OptionNoDelay, 1), "TCP_NODELAY");
        if (_options.Protocol == MqttProtocol.V5)
        {
            Check(mosquitto_int_option(_client, OptionReceiveMaximum, MqttOptions.Window), "receive maximum");
            Check(mosquitto_int_option(_client, OptionSendMaximum, MqttOptions.Window), "send maximum");
        }
        else
        {
            Check(mosquitto_max_inflight_messages_set(_client, MqttOptions.Window), "window");
        }

        if (_options.User is { } user) Check(mosquitto_username_pw_set(_client, user, _options.Password?.Invoke()), "user and password");
        if (address.Tls) SetTls(_options.Tls ?? new(null, null, null));
        if (_options.Farewell?.Invoke() is { } will) SetWill(will);

        mosquitto_log_callback_set(_client, &OnLog);
        mosquitto_connect_v5_callback_set(_client, &OnConnect);
        mosquitto_disconnect_v5_callback_set(_client, &OnDisconnect);
        mosquitto_publish_v5_callback_set(_client, &OnPublish);
        mosquitto_subscribe_v5_callback_set(_client, &OnSubscribe);
        mosquitto_message_v5_callback_set(_client, &OnMessage);
    }

    private void SetTls(MqttTls tls)
    {
        // The library says "invalid" for whatever is wrong with a file.
        if (new CertificateFiles(tls.CertFile, tls.KeyFile, tls.CaFile).Unusable() is { } unfit) throw new IOException(unfit);

        // Null, never "", for what is not used.
        var error = mosquitto_tls_set(_client, tls.CaFile, tls.CaFile is null ? "/etc/ssl/certs" : null, tls.CertFile, tls.KeyFile, 0);
        Check(error, $"TLS files ({string.Join(", ", new[] { tls.CaFile, tls.CertFile, tls.KeyFile }.OfType<string>())})");
        Check(mosquitto_tls_opts_set(_client, 1, "tlsv1.2", null), "TLS version");
    }

    private void SetWill(MqttFarewell will)
    {
        nint properties = 0;
        if (_options.Protocol == MqttProtocol.V5)
            Check(mosquitto_property_add_string(ref properties, PropertyContentType, "application/json"), "content type");
        fixed (byte* bytes = will.Payload)
        {
            // On success the library owns the properties.
            var error = mosquitto_will_set_v5(_client, will.Topic, will.Payload.Length, bytes, 1, true, properties);
            if (error != Success && properties != 0) mosquitto_property_free_all(ref properties);
            Check(error, "last will");
        }
    }

    private Task<Acknowledgement> Await(int error, int id, string topic, string question)
    {
        // "No connection": the library has queued it, but the queue goes with this connection.
        if (error == NoConnection) throw new MqttAwayException(_gone.Message);
        if (error != Success) throw new MqttDeniedException(topic, 0, ErrorText(error));

        var done = new TaskCompletionSource<Acknowledgement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.Add(id, (topic, question, _time.GetTimestamp(), done));
        return done.Task;
    }

    private void Answered(int id, int reason)
    {
        (string Topic, string Question, long Since, TaskCompletionSource<Acknowledgement> Done) open;
        lock (_gate)
        {
            if (!_open.Remove(id, out open)) return;
        }

        if (open.Question == _owed) Redeemed = true;
        if (reason < 0x80) open.Done.TrySetResult(reason == NoMatchingSubscribers ? Acknowledgement.NobodyListens : Acknowledgement.Taken);
        else open.Done.TrySetException(new MqttDeniedException(open.Topic, reason, ReasonText(reason)));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint context, int level, byte* text)
    {
        if (level != LogError) return;
        var complaints = Self(context)._complaints;
        lock (complaints)
        {
            if (complaints.Count < MostComplaints) complaints.Add(Marshal.PtrToStringUTF8((nint)text) ?? "");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint context, int reason, int flags, nint properties) => Self(context).Connack = reason;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint context, int reason, nint properties)
    {
        // Below 0x80 it is the library's own error, which the loop returns as well.
        if (reason >= 0x80) Self(context).Dismissal = reason;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint context, int id, int reason, nint properties) => Self(context).Answered(id, reason);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint context, int id, int count, int* granted, nint properties) =>
        Self(context).Answered(id, count > 0 ? granted[0] : 0x80);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint context, Message* message, nint properties)
    {
        var self = Self(context);
        try
        {
            var payload = new ReadOnlySpan<byte>(message->Payload, message->Length).ToArray();
            self._received(new(Marshal.PtrToStringUTF8((nint)message->Topic) ?? "", payload, message->Retain != 0));
        }
        catch (Exception bug)
        {
            self._bugs.Enqueue(bug);
        }
    }
}
