using System.Collections.Immutable;
using System.Threading.Channels;
using Kiosk.Mqtt;
using Microsoft.Data.Sqlite;

namespace Kiosk.Provisioning.Store;

/// <param name="Acknowledge">Tells the hall what is safe. Of all copies of a hall only one should.</param>
internal sealed record CopyOptions(bool Acknowledge = true);

/// <summary>
/// An exact copy of one hall, from its events alone. Every event is on disk before the hall hears that it is safe; gaps are asked for again; what
/// cannot be had any more is written down as missing. Whatever the broker or the hall does, it goes on until it is cancelled.
/// </summary>
internal sealed class StoreCopy
{
    /// <summary>Events of one commit.</summary>
    public const int BatchMost = 500;

    /// <summary>Waiting to be written. What comes beyond is dropped and asked for again.</summary>
    public const int InboxMost = 20_000;

    /// <summary>Between two words to the hall.</summary>
    public static readonly TimeSpan RebirthInterval = TimeSpan.FromSeconds(1);

    /// <summary>The hall said more than came, and nothing comes any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<MqttMessage?> _inbox = Channel.CreateBounded<MqttMessage?>(new BoundedChannelOptions(InboxMost) { SingleReader = true });
    private readonly List<MqttMessage> _batch = [];
    private readonly IMqttClient _client;
    private readonly Topics _topics;
    private readonly StoreFile _file;
    private readonly Intake _intake;
    private readonly CopyFold _fold;
    private readonly HallReply _reply;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private volatile CopyView _view;
    private ImmutableList<CopyEvent> _latest = [];
    private string? _diskTrouble, _subscribeTrouble, _subscribeDenial;
    private MqttState? _greeted;
    private long _tryAt, _movedAt;
    private long _missing;

    public StoreCopy(IMqttClient client, StoreFile file, string hall, CopyOptions options, TimeProvider time)
    {
        (_client, _file, _topics, _time) = (client, file, new(hall), time);
        _intake = new(file, _topics);
        _fold = new(file, hall);
        _reply = new(client, _topics, options, time);
        _view = null!;
        Show();
    }

    public CopyView View => _view;

    /// <summary>What happened, in a sentence, on the copy's own thread.</summary>
    public event Action<string>? Noticed;

    /// <summary>New events that are on disk, in order, on the copy's own thread.</summary>
    public event Action<IReadOnlyList<CopyEvent>>? Stored;

    /// <summary>Waits until the view is so.</summary>
    public async Task<CopyView> UntilAsync(Func<CopyView, bool> so, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (_view is var view && so(view)) return view;
            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>Starts the client and copies until it is cancelled. The client is the caller's to dispose of.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        _client.Received += Hear;
        _client.StateChanged += Wake;
        await using var tick = _time.CreateTimer(_ => Wake(_client.State), null, Tick, Tick);
        try
        {
            _missing = _file.Rows.Missing(_topics.Hall).Sum(range => range.Count);
            Fold();
            _client.Start();
            while (await _inbox.Reader.WaitToReadAsync(cancel)) await StepAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // That is how it ends: what is on disk and not acknowledged comes again, and is known then.
            await _reply.EndAsync();
            Show();
        }
        finally
        {
            _client.Received -= Hear;
            _client.StateChanged -= Wake;
        }
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        if (_client.State is MqttState.Connected && _client.State != _greeted && _time.GetTimestamp() >= _tryAt) await GreetAsync(_client.State, cancel);
        Gather();
        if (_batch.Count > 0) Take();

        // What the hall is told can be seen here before.
        Show();
        if (_client.State != _greeted) return;
        _reply.Speak(_intake, Waits());
        Show();
    }

    private void Gather()
    {
        _batch.Clear();
        while (_batch.Count < BatchMost && _inbox.Reader.TryRead(out var item))
        {
            if (item is { } message) _batch.Add(message);
        }
    }

    private void Take()
    {
        try
        {
            var (taken, notices) = _intake.Take(_batch);
            _diskTrouble = null;
            foreach (var notice in notices) Noticed?.Invoke(notice);
            if (notices.Count > 0) _missing = _file.Rows.Missing(_topics.Hall).Sum(range => range.Count);
            if (taken.Count == 0) return;

            _movedAt = _time.GetTimestamp();
            Fold();
            Stored?.Invoke(taken);
        }
        catch (SqliteException failed)
        {
            // Nothing of the batch was written. It is a gap now, and the hall says it again.
            var trouble = StoreFile.Unusable(_file.Path, failed).Message;
            if (_diskTrouble != trouble) Noticed?.Invoke(trouble);
            _diskTrouble = trouble;
        }
    }

    private void Fold()
    {
        _fold.To(_intake.Place);
        var first = _intake.Place with { Seq = Math.Max(0, _intake.Place.Seq - CopyView.LatestKept) };
        _latest = [.. _file.Rows.Read(_topics.Hall, first, _intake.Place, CopyView.LatestKept).Reverse()];
    }

    /// <summary>Says who we are to the broker that has just come: it may have lost what it held for us.</summary>
    private async Task GreetAsync(MqttState connection, CancellationToken cancel)
    {
        try
        {
            foreach (var filter in new[] { _topics.Status, _topics.Events }) await _client.SubscribeAsync(filter, cancel).WaitAsync(Patience, _time, cancel);
            (_greeted, _subscribeTrouble, _subscribeDenial, _movedAt) = (connection, null, null, _time.GetTimestamp());
            _reply.Begin();
        }
        catch (Exception failure) when (failure is MqttException or TimeoutException)
        {
            _tryAt = _time.GetTimestamp() + (long)(Pause.TotalSeconds * _time.TimestampFrequency);
            if (failure is MqttAwayException) return;
            _subscribeTrouble = failure is MqttDeniedException
                ? $"{failure.Message}: give the user the right to read {_topics.Events} and {_topics.Status}."
                : "The broker does not answer the subscription; it is asked again every 5 s.";
            _subscribeDenial = failure is MqttDeniedException ? _subscribeTrouble : null;
            Noticed?.Invoke(_subscribeTrouble);
        }
    }

    private bool Waits() => _intake.Gap is not null
        || (_intake.Word.Online && _intake.Known.CompareTo(_intake.Place) > 0 && _time.GetElapsedTime(_movedAt) > Silence);

    private void Show()
    {
        _view = new(_topics.Hall, _client.State, _intake.Word, _intake.Place, _reply.Acknowledged, _intake.Known, _intake.Gap, _intake.Figures with { Rebirths = _reply.Rebirths })
        {
            Missing = _missing,
            Trouble = _diskTrouble ?? _subscribeTrouble ?? _reply.Trouble,
            Denial = _subscribeDenial ?? _reply.Denial,
            Latest = _latest,
            Snapshot = _fold.Snapshot,
            Profile = _fold.Profile,
            Doubt = _fold.Doubt,
            Unfolded = _fold.Unfolded,
            Unknown = _fold.Unknown,
        };
        TaskCompletionSource changed;
        lock (_gate) (changed, _changed) = (_changed, New());
        changed.TrySetResult();
    }

    // Both on the client's thread. What does not fit into the inbox is a gap, and comes again.
    private void Hear(MqttMessage message)
    {
        if (message.Topic == _topics.Events || message.Topic == _topics.Status) _inbox.Writer.TryWrite(message);
    }

    private void Wake(MqttState state) => _inbox.Writer.TryWrite(null);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
