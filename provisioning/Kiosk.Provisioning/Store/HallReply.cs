using System.Collections.Concurrent;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>What the copy says to the hall: <c>ack</c> for what is on disk, <c>rebirth</c> for what is not there.</summary>
internal sealed class HallReply(IMqttClient client, Topics topics, CopyOptions options, TimeProvider time)
{
    public const int AcknowledgeEvery = 100;

    public static readonly TimeSpan AcknowledgeAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StatusPatience = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(10), EndPatience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (string Said, bool Denied)> _troubles = new();
    private Task<bool> _acknowledging = Task.FromResult(false), _asking = Task.FromResult(false);
    private long? _acknowledgedAt, _askedAt;
    private CopyPlace? _said;
    private bool _unheard;
    private long _began;
    private CopyPlace _latest;
    private string? _boot;
    private bool _greet;

    /// <summary>The last place that was said in this connection, and taken by the broker.</summary>
    public CopyPlace Acknowledged { get; private set; }

    public long Rebirths { get; private set; }

    /// <summary>What the broker does not take, a sentence for each topic; or null.</summary>
    public string? Trouble => _troubles.IsEmpty ? null : string.Join(' ', _troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Said));

    /// <summary>What of it is denied.</summary>
    public string? Denial => _troubles.Values.Any(trouble => trouble.Denied) ? string.Join(' ', _troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Where(pair => pair.Value.Denied).Select(pair => pair.Value.Said)) : null;

    /// <summary>Another connection: nothing that was said before counts.</summary>
    public void Begin()
    {
        (_greet, _began) = (true, time.GetTimestamp());
        Forget();
    }

    /// <param name="intake">Only what it has written.</param>
    /// <param name="waits">Something is missing.</param>
    public void Speak(Intake intake, bool waits)
    {
        _latest = intake.Place;
        Settle();

        // A host that has been started anew is told at once: if its journal was put back to an older state, our place is how it learns that.
        if (intake.Word.Boot != _boot)
        {
            _boot = intake.Word.Boot;
            Forget();
        }

        if (options.Acknowledge && _acknowledging.IsCompleted && Due(intake)) Acknowledge();
        if (((_greet && Ready(intake)) || waits) && _asking.IsCompleted && (_askedAt is not { } at || time.GetElapsedTime(at) >= StoreCopy.RebirthInterval)) Ask(intake);
    }

    /// <summary>Says the last place, where there is still somebody to say it to.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _acknowledging.WaitAsync(EndPatience, time);
            Settle();
            if (options.Acknowledge && !_latest.IsEmpty && Acknowledged != _latest && client.State is MqttState.Connected)
            {
                Acknowledge();
                await _acknowledging.WaitAsync(EndPatience, time);
                Settle();
            }

            await _asking.WaitAsync(EndPatience, time);
        }
        catch (TimeoutException)
        {
            // Not said means said again by the hall, and known by the copy.
        }
    }

    // Who has nothing yet learns the epoch from status, which the broker sends at once where it has one.
    private bool Ready(Intake intake) => !intake.Place.IsEmpty || intake.Word.Latest is not null || time.GetElapsedTime(_began) > StatusPatience;

    // A place of an epoch that the hall has left says nothing to it.
    private bool Due(Intake intake) => !_latest.IsEmpty && Acknowledged != _latest && intake.Word.Place.Epoch <= _latest.Epoch
        && (!_unheard || _acknowledgedAt is not { } tried || time.GetElapsedTime(tried) >= Pause)
        && (_latest.Epoch != Acknowledged.Epoch || _latest.Seq - Acknowledged.Seq >= AcknowledgeEvery || _acknowledgedAt is not { } at || time.GetElapsedTime(at) >= AcknowledgeAfter);

    private void Acknowledge()
    {
        _acknowledgedAt = time.GetTimestamp();
        _said = _latest;
        _acknowledging = SayAsync(topics.Acknowledgement, PayloadJson.Bytes(new AcknowledgementPayload(_latest.Epoch, _latest.Seq)));
    }

    private void Ask(Intake intake)
    {
        // The hall's own epoch, where it is known to be another one: it has nothing of ours to say again.
        var epoch = Math.Max(intake.Gap ?? 0, Math.Max(intake.Word.Latest?.Epoch ?? 0, intake.Place.Epoch));
        var wish = epoch == 0 ? "{}"u8.ToArray() : PayloadJson.Bytes(new RebirthPayload(epoch, epoch == intake.Place.Epoch ? intake.Place.Seq : 0));
        (_greet, _askedAt) = (false, time.GetTimestamp());
        Rebirths++;
        _asking = SayAsync(topics.Rebirth, wish);
    }

    // On the copy's own thread: what was said counts when the broker has taken it, in the connection in which it was said.
    private void Settle()
    {
        if (_said is not { } said || !_acknowledging.IsCompleted) return;
        _said = null;
        _unheard = !_acknowledging.Result;
        if (!_unheard) Acknowledged = said;
    }

    private void Forget() => (Acknowledged, _acknowledgedAt, _said, _unheard) = (default, null, null, false);

    /// <returns>Whether the broker took it.</returns>
    private async Task<bool> SayAsync(string topic, byte[] payload)
    {
        try
        {
            await (await client.SendAsync(topic, payload, retain: false, CancellationToken.None)).WaitAsync(Patience, time);
            _troubles.TryRemove(topic, out _);
            return true;
        }
        catch (MqttDeniedException denied)
        {
            _troubles[topic] = ($"{denied.Message}: give the user the right to write {topic} (at a hall's own broker: kioskctl broker user add NAME --may store, then --user NAME).", true);
        }
        catch (TimeoutException)
        {
            _troubles[topic] = ($"The broker has not acknowledged {topic} for {Patience.TotalSeconds:0} s; it is said again.", false);
        }
        catch (MqttAwayException)
        {
            // The next connection says it again.
        }

        return false;
    }
}
