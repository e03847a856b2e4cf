using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>What the copy says to the hall: <c>ack</c> for what is on disk, <c>rebirth</c> for what is not there.</summary>
internal sealed class HallReply(IMqttClient client, Topics topics, CopyOptions options, TimeProvider time)
{
    public const int AcknowledgeEvery = 100;

    public static readonly TimeSpan AcknowledgeAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StatusPatience = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(10), EndPatience = TimeSpan.FromSeconds(2);

    private Task _acknowledging = Task.CompletedTask, _asking = Task.CompletedTask;
    private long? _acknowledgedAt, _askedAt;
    private long _began;
    private CopyPlace _latest;
    private string? _boot;
    private bool _greet;
    private volatile string? _trouble;

    /// <summary>The last place that was said in this connection.</summary>
    public CopyPlace Acknowledged { get; private set; }

    public long Rebirths { get; private set; }

    public string? Trouble => _trouble;

    /// <summary>Another connection: nothing that was said before counts.</summary>
    public void Begin()
    {
        (_greet, _began) = (true, time.GetTimestamp());
        (Acknowledged, _acknowledgedAt) = (default, null);
    }

    /// <param name="intake">Only what it has written.</param>
    /// <param name="waits">Something is missing.</param>
    public void Speak(Intake intake, bool waits)
    {
        _latest = intake.Place;

        // A host that has been started anew is told at once: if its journal was put back to an older state, our place is how it learns that.
        if (intake.Word.Boot != _boot) (_boot, Acknowledged, _acknowledgedAt) = (intake.Word.Boot, default, null);
        if (options.Acknowledge && _acknowledging.IsCompleted && Due(intake)) Acknowledge();
        if (((_greet && Ready(intake)) || waits) && _asking.IsCompleted && (_askedAt is not { } at || time.GetElapsedTime(at) >= StoreCopy.RebirthInterval)) Ask(intake);
    }

    /// <summary>Says the last place, where there is still somebody to say it to.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _acknowledging.WaitAsync(EndPatience, time);
            if (options.Acknowledge && !_latest.IsEmpty && Acknowledged != _latest && client.State is MqttState.Connected)
            {
                Acknowledge();
                await _acknowledging.WaitAsync(EndPatience, time);
            }
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
        && (_latest.Epoch != Acknowledged.Epoch || _latest.Seq - Acknowledged.Seq >= AcknowledgeEvery || _acknowledgedAt is not { } at || time.GetElapsedTime(at) >= AcknowledgeAfter);

    private void Acknowledge()
    {
        _acknowledgedAt = time.GetTimestamp();
        Acknowledged = _latest;
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

    private async Task SayAsync(string topic, byte[] payload)
    {
        try
        {
            await (await client.SendAsync(topic, payload, retain: false, CancellationToken.None)).WaitAsync(Patience, time);
            if (_trouble?.Contains(topic, StringComparison.Ordinal) == true) _trouble = null;
        }
        catch (MqttDeniedException denied)
        {
            _trouble = $"{denied.Message}: give the user the right to write {topic}.";
        }
        catch (Exception away) when (away is MqttAwayException or TimeoutException)
        {
            // The next connection says it again.
        }
    }
}
