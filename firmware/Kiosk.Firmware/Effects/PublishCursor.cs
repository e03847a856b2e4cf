using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>
/// Up to which event the store has everything. The broker's acknowledgement moves it until a store sends its own for the first time;
/// from then on only the store's does.
/// </summary>
internal sealed partial class PublishCursor
{
    /// <summary>Names in the journal.</summary>
    public const string Place = ReportedPlaces.Place, StoreWord = ReportedPlaces.StoreWord;

    /// <summary>
    /// What is sent again after a lost connection while only the broker acknowledges: it may have died with messages it had
    /// acknowledged and not passed on, of which mosquitto holds 1,000 for a subscriber unless told otherwise.
    /// </summary>
    public const int Replay = 1000;

    /// <summary>Repeats after a kill are harmless, so the place is written at most this often, and only when it moved.</summary>
    public static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new(), _saving = new();
    private readonly Signal _moved = new();
    private readonly IJournal _journal;
    private readonly MqttStatus _status;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private AcknowledgedBy _by;
    private volatile int _forgotten;
    private long _place, _saved, _superseded;

    public PublishCursor(IJournal journal, MqttStatus status, TimeProvider time, ILogger log)
    {
        (_journal, _status, _time, _log) = (journal, status, time, log);
        var store = journal.Cursor(StoreWord);
        _by = store > 0 ? AcknowledgedBy.Store : AcknowledgedBy.Broker;
        _place = store > 0 ? store : journal.Cursor(Place);

        // A place beyond the journal is another journal's: begin at its first event.
        if (_place > journal.LastSeq) _place = 0;
        _saved = _place;
        status.Reached(_place, _by);
    }

    /// <param name="again">Whether something was sent before in this run.</param>
    /// <param name="wish">What a store asked for, or null.</param>
    /// <returns>The seq behind which sending begins.</returns>
    public long Begin(bool again, RebirthPayload? wish = null)
    {
        lock (_gate)
        {
            var begin = again && _by == AcknowledgedBy.Broker ? Math.Max(0, _place - Replay) : _place;
            return wish switch
            {
                { Epoch: { } epoch, After: { } after } when epoch == _journal.Epoch => Math.Clamp(after, 0, begin),

                // It knows another life of the hall: this one is new to it.
                { Epoch: not null } => 0,
                _ => begin,
            };
        }
    }

    /// <summary>The one of two wishes that reaches further back.</summary>
    public static RebirthPayload Earlier(RebirthPayload? one, RebirthPayload other, int epoch)
    {
        return one is not null && From(one) <= From(other) ? one : other;

        long From(RebirthPayload wish) => wish.Epoch is null ? long.MaxValue : wish is { After: { } after } && wish.Epoch == epoch ? after : 0;
    }

    public void BrokerHas(long seq)
    {
        lock (_gate)
        {
            if (_by == AcknowledgedBy.Broker && seq > _place) Move(seq);
        }
    }

    public void StoreHas(AcknowledgementPayload word)
    {
        lock (_gate)
        {
            if (word.Epoch == _journal.Epoch && word.Seq > _journal.LastSeq)
            {
                LosesTo(word.Seq);
                return;
            }

            if (word.Epoch != _journal.Epoch || word.Seq < 1)
            {
                LogStrange(word.Epoch, word.Seq, _journal.Epoch, _journal.LastSeq);
                return;
            }

            // The first word may take the place back: what the broker said is worth nothing any more.
            if (_by == AcknowledgedBy.Store && word.Seq <= _place) return;
            if (_by == AcknowledgedBy.Broker) LogStore(word.Seq);
            _by = AcknowledgedBy.Store;
            Move(word.Seq);
        }
    }

    /// <summary>Up to which event the store has everything; null: none has acknowledged, or it was forgotten.</summary>
    public long? StoreHasUpTo
    {
        get
        {
            lock (_gate) return _by == AcknowledgedBy.Store ? _place : null;
        }
    }

    /// <summary>How often a store was forgotten: each time the broker is told anew what the store had not acknowledged.</summary>
    public int Forgotten => _forgotten;

    /// <summary>The store is not waited for any more; the broker's word counts until a store acknowledges again.</summary>
    /// <exception cref="JournalUnavailableException">Nothing has changed.</exception>
    public void Forget()
    {
        lock (_saving)
        {
            if (StoreHasUpTo is not { } seq) return;
            _journal.SaveCursor(Place, seq);
            _journal.SaveCursor(StoreWord, 0);
            lock (_gate)
            {
                _by = AcknowledgedBy.Broker;
                _status.Reached(_place, _by);
            }

            _forgotten++;
            LogForgotten(seq);
        }
    }

    /// <summary>Somebody has an event of this epoch that the journal has not.</summary>
    public void LosesTo(long seq)
    {
        lock (_gate)
        {
            if (seq <= _superseded) return;
            LogSuperseded(seq, _journal.LastSeq);
            try
            {
                _journal.Supersede(seq);
                _superseded = seq;
            }
            catch (JournalUnavailableException unavailable)
            {
                LogNotSaved(unavailable);
            }

            _status.Say("epoch", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The store has events up to {seq}, the journal ends at {_journal.LastSeq}: it was restored from an older copy, or its disk lost what it had acknowledged. Nothing is reported until the host has been started anew: it then begins a new epoch."), ReportingFault.Superseded);
        }
    }

    /// <summary>Whether what is sent could have the place of an event that the store has already.</summary>
    public bool Superseded => Interlocked.Read(ref _superseded) > 0;

    public async Task SaveLazilyAsync(CancellationToken cancel)
    {
        while (true)
        {
            var moved = _moved.Raised;
            if (!Unsaved) await moved.WaitAsync(cancel);
            await Task.Delay(SaveInterval, _time, cancel);
            Save();
        }
    }

    public void Save()
    {
        lock (_saving) SaveMoved();
    }

    private void SaveMoved()
    {
        long place;
        AcknowledgedBy by;
        lock (_gate) (place, by) = (_place, _by);
        if (place == Interlocked.Read(ref _saved)) return;

        try
        {
            _journal.SaveCursor(Place, place);
            if (by == AcknowledgedBy.Store) _journal.SaveCursor(StoreWord, place);
            Interlocked.Exchange(ref _saved, place);
            _status.Say("cursor", null);
        }
        catch (Exception failure)
        {
            // Whatever it was: not saved means sent twice after a restart, and nothing else. Tried again with the next interval.
            if (_status.Says("cursor") is null) LogNotSaved(failure);
            _status.Say("cursor", $"The place of the reporting cannot be saved: {failure.Message}");
        }
    }

    private bool Unsaved
    {
        get
        {
            lock (_gate) return _place != Interlocked.Read(ref _saved);
        }
    }

    private void Move(long seq)
    {
        _place = seq;
        _status.Reached(seq, _by);
        _moved.Raise();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A store acknowledges (up to {Seq}): from now on only its word counts")]
    private partial void LogStore(long seq);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store that had everything up to {Seq} is forgotten: the broker's word counts until a store acknowledges again")]
    private partial void LogForgotten(long seq);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store has events up to {Seq}, the journal ends at {OurSeq}: start the host anew, it begins a new epoch")]
    private partial void LogSuperseded(long seq, long ourSeq);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store acknowledges ({Epoch}, {Seq}); the journal is at ({OurEpoch}, {OurSeq}). Ignored")]
    private partial void LogStrange(int epoch, long seq, int ourEpoch, long ourSeq);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The place of the reporting cannot be saved")]
    private partial void LogNotSaved(Exception failure);
}
