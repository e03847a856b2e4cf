using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>
/// Reports to the store: follows the journal by its cursor and shows the latest state. Whatever goes wrong here is logged, shown in
/// <see cref="MqttStatus"/> and tried again; it never stops the hall.
/// </summary>
internal sealed partial class PublishWorker(
    IJournal journal, HallFeed feed, IMqttClient client, Topics topics, MqttSettings settings, MqttStatus status, RetainedDevices devices, TimeProvider time, ILogger<PublishWorker> log)
    : BackgroundService
{
    /// <summary>Before trying again what was denied or could not be read. A lost connection is the client's to wait for.</summary>
    public static readonly TimeSpan PauseFirst = TimeSpan.FromSeconds(1), PauseLast = TimeSpan.FromSeconds(30);

    /// <summary>The store may ask for everything again this often.</summary>
    public static readonly TimeSpan RebirthInterval = TimeSpan.FromSeconds(1);

    private readonly Signal _woken = new();
    private volatile PublishCursor? _cursor;
    private volatile bool _rebirth;

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
        var state = new StateStream(feed, client, topics, status, settings.AppVersion, time, log);
        var equipment = new DeviceStream(devices, client, status, time, log);
        var again = false;
        return TryForEverAsync("events", async () =>
        {
            var connection = await ConnectedAsync(cancel);
            await SubscribeAsync(cancel);
            var begin = cursor.Begin(again);
            again = true;
            await Together.RunAsync(cancel, c => LastsAsync(connection, c), c => events.RunAsync(begin, c), state.RunAsync, equipment.RunAsync);
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
        foreach (var filter in new[] { topics.Acknowledgement, topics.Rebirth, topics.DeviceStatuses })
        {
            try
            {
                await client.SubscribeAsync(filter, cancel);
                status.Say(filter, null);
            }
            catch (MqttDeniedException denied) when (filter == topics.DeviceStatuses)
            {
                // Only texts of devices that left the profile stay behind with such a broker.
                LogNotTidied(denied.Message);
            }
            catch (MqttDeniedException denied)
            {
                // The store cannot acknowledge then; the broker's word counts, and the events go out.
                if (status.Says(filter) is null) LogTrouble(denied.Message, denied);
                status.Say(filter, denied.Message, ReportingFault.Denied);
            }
        }
    }

    /// <summary>Until the connection is another one, or the store wants everything again: both begin anew in the same way.</summary>
    private async Task LastsAsync(MqttState.Connected connection, CancellationToken cancel)
    {
        while (true)
        {
            var woken = _woken.Raised;
            if (client.State != connection) throw new MqttAwayException("The connection to the broker is another one.");
            if (_rebirth)
            {
                _rebirth = false;
                LogRebirth();
                return;
            }

            await woken.WaitAsync(cancel);
        }
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

        // What is retained under rebirth is an old wish, and a new connection begins with everything anyway.
        if (message.Topic == topics.Rebirth && !message.Retained)
        {
            _rebirth = true;
            _woken.Raise();
        }

        if (message.Topic != topics.Acknowledgement) return;
        try
        {
            var word = JsonSerializer.Deserialize(message.Payload, PayloadJson.Wire.AcknowledgementPayload);
            if (word is not null) _cursor?.StoreHas(word);
        }
        catch (JsonException bad)
        {
            LogBadWord(message.Topic, bad.Message);
        }
    }
}
