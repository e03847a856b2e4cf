using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>
/// Reports to the store: follows the journal by its cursor and shows the latest state. Whatever goes wrong here is logged, shown in
/// <see cref="MqttStatus"/> and tried again; it never stops the hall.
/// </summary>
internal sealed partial class PublishWorker(
    IJournal journal, HallFeed feed, IMqttClient client, Topics topics, MqttSettings settings, MqttStatus status, RetainedDevices devices, CommandInbox inbox, WaitQuotes waits, TimeProvider time, ILogger<PublishWorker> log)
    : BackgroundService
{
    /// <summary>Before trying again what was denied or could not be read. A lost connection is the client's to wait for.</summary>
    public static readonly TimeSpan PauseFirst = TimeSpan.FromSeconds(1), PauseLast = TimeSpan.FromSeconds(30);

    /// <summary>The store may ask for everything again this often.</summary>
    public static readonly TimeSpan RebirthInterval = TimeSpan.FromSeconds(1);

    private readonly Signal _woken = new();
    private readonly HangUps _hangUps = new();
    private volatile PublishCursor? _cursor;
    private volatile RebirthPayload? _rebirth;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        client.StateChanged += StateChanged;
        client.Received += Received;
        feed.Committed += Committed;
        devices.Watch();
        status.Saw(feed.Latest.Seq);
        StateChanged(client.State);
        client.Start();
        try
        {
            var cursor = await LoadAsync(stoppingToken);
            await Together.RunAsync(stoppingToken, cursor.SaveLazilyAsync, cancel => ReportForEverAsync(cursor, cancel));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopping();
        }
        finally
        {
            _cursor?.Save();
            await client.DisposeAsync();
            feed.Committed -= Committed;
            devices.Unwatch();
        }
    }

    private async Task<PublishCursor> LoadAsync(CancellationToken cancel)
    {
        PublishCursor? loaded = null;
        await TryForEverAsync("journal", () =>
        {
            loaded = new(journal, status, time, log);
            return Task.FromResult(false);
        }, cancel);
        return _cursor = loaded!;
    }

    private Task ReportForEverAsync(PublishCursor cursor, CancellationToken cancel)
    {
        var events = new EventStream(journal, feed, client, topics, cursor, status, time);
        var state = new StateStream(feed, journal, client, topics, status, settings.AppVersion, waits, time, log);
        var equipment = new DeviceStream(devices, client, status, time, log);
        var again = false;
        return TryForEverAsync("events", async () =>
        {
            var connection = await ConnectedAsync(cancel);
            await SubscribeAsync(cancel);
            var begin = cursor.Begin(again, Interlocked.Exchange(ref _rebirth, null));
            again = true;
            var (superseded, forgotten) = (cursor.Superseded, cursor.Forgotten);
            await Together.RunAsync(
                cancel,
                c => LastsAsync(connection, superseded, forgotten, c),
                c => superseded ? Task.Delay(Timeout.InfiniteTimeSpan, time, c) : events.RunAsync(begin, c),
                state.RunAsync,
                equipment.RunAsync);
            return true;
        }, cancel);
    }

    /// <param name="attempt">True = once more, false = done.</param>
    private async Task TryForEverAsync(string part, Func<Task<bool>> attempt, CancellationToken cancel)
    {
        var pause = PauseFirst;
        while (true)
        {
            try
            {
                if (!await attempt())
                {
                    status.Say(part, null);
                    return;
                }

                await Task.Delay(RebirthInterval, time, cancel);
            }
            catch (MqttAwayException)
            {
                // Logged by the client. Its state follows in an instant; until then this is the pace.
                pause = PauseFirst;
                await Task.Delay(StateStream.Gathering, time, cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                if (status.Says(part) is null) pause = PauseFirst;
                if (status.Says(part) != failure.Message) LogTrouble(failure.Message, failure);
                status.Say(part, failure.Message, failure is MqttDeniedException ? ReportingFault.Denied : ReportingFault.Other);
                await Task.Delay(pause, time, cancel);
                pause = pause * 2 < PauseLast ? pause * 2 : PauseLast;
            }
        }
    }

    private async Task<MqttState.Connected> ConnectedAsync(CancellationToken cancel)
    {
        while (true)
        {
            var woken = _woken.Raised;
            if (client.State is MqttState.Connected connected) return connected;
            await woken.WaitAsync(cancel);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancel)
    {
        // The hall's own status first: what the broker keeps of it says whether the journal has lost what an earlier start of it had.
        foreach (var filter in new[] { topics.Status, topics.Acknowledgement, topics.Rebirth, topics.DeviceStatuses, topics.Command, topics.CommandsOfAll, topics.DeviceCommands })
        {
            if (_hangUps.Spoil(filter)) continue;
            try
            {
                await client.SubscribeAsync(filter, cancel);
                status.Say(filter, null);
                status.Answered(MqttState.Away.Subscription(filter));
            }
            catch (MqttDeniedException denied) when (filter == topics.DeviceStatuses || filter == topics.Status)
            {
                // Only texts of devices that left the profile stay behind with such a broker, and a journal that lost events is found by the store alone.
                LogNotTidied(denied.Message);
                status.Answered(MqttState.Away.Subscription(filter));
            }
            catch (MqttDeniedException denied)
            {
                // The store cannot acknowledge then; the broker's word counts, and the events go out.
                if (status.Says(filter) is null) LogTrouble(denied.Message, denied);
                status.Say(filter, denied.Message, ReportingFault.Denied);
                status.Answered(MqttState.Away.Subscription(filter));
            }
            catch (MqttAwayException gone) when (gone is not MqttUnansweredException)
            {
                if (_hangUps.Count(filter))
                {
                    var trouble = $"The broker ends the connection when the hall subscribes to {filter}: give its user the right to read that. Until then the hall goes without.";
                    if (status.Says(filter) is null) LogTrouble(trouble, gone);
                    status.Say(filter, trouble);
                }

                throw;
            }
        }

        _hangUps.Settle();
    }

    /// <summary>Until the connection is another one, or the store wants everything again, or is forgotten: all begin anew in the same way.</summary>
    private async Task LastsAsync(MqttState.Connected connection, bool superseded, int forgotten, CancellationToken cancel)
    {
        while (true)
        {
            var woken = _woken.Raised;
            if (client.State != connection) throw new MqttAwayException("The connection to the broker is another one.");
            if (_rebirth is { } wish)
            {
                LogRebirth(wish is { Epoch: { } epoch, After: { } after } ? string.Create(CultureInfo.InvariantCulture, $"behind event {after} of epoch {epoch}") : "the last acknowledged event");
                return;
            }

            if (_cursor!.Superseded != superseded || _cursor.Forgotten != forgotten) return;
            await woken.WaitAsync(cancel);
        }
    }

    /// <summary>Up to which event the store has everything; null: none has acknowledged.</summary>
    public long? StoreHasUpTo => _cursor?.StoreHasUpTo;

    /// <exception cref="JournalUnavailableException">Nothing has changed.</exception>
    public void ForgetStore()
    {
        _cursor?.Forget();
        _woken.Raise();
    }

    private void StateChanged(MqttState state)
    {
        status.Enter(state);
        _woken.Raise();
    }

    private void Committed(HallSnapshot snapshot) => status.Saw(snapshot.Seq);

    private void Received(MqttMessage message)
    {
        devices.Heard(message);
        inbox.Heard(message);

        try
        {
            // What is retained under rebirth is an old wish, and a new connection begins with everything anyway.
            if (message.Topic == topics.Rebirth && !message.Retained)
            {
                // Of those that wait, the one that wants most: it has what the others want.
                _rebirth = PublishCursor.Earlier(_rebirth, Wish(message.Payload), journal.Epoch);
                _woken.Raise();
            }

            if (message.Topic == topics.Status && message.Retained && JsonSerializer.Deserialize(message.Payload, PayloadJson.Wire.StatusPayload) is { } kept) Compare(kept);
            if (message.Topic == topics.Acknowledgement && JsonSerializer.Deserialize(message.Payload, PayloadJson.Wire.AcknowledgementPayload) is { } word) Acknowledged(word);
        }
        catch (JsonException bad)
        {
            LogBadWord(message.Topic, bad.Message);
        }
    }

    private void Acknowledged(AcknowledgementPayload word)
    {
        _cursor?.StoreHas(word);
        if (_cursor is { Superseded: true }) _woken.Raise();
    }

    private void Compare(StatusPayload kept)
    {
        if (kept.Epoch != journal.Epoch || kept.Seq <= journal.LastSeq) return;

        _cursor?.LosesTo(kept.Seq);
        _woken.Raise();
    }

    // An empty text is a wish as well: mosquitto_pub -n.
    private static RebirthPayload Wish(byte[] payload) => payload.Length == 0 ? new() : JsonSerializer.Deserialize(payload, PayloadJson.Wire.RebirthPayload) ?? new();
}
