using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>The retained texts: always the latest view, all of them first, then those that changed, as long as one connection lasts.</summary>
internal sealed partial class StateStream(HallFeed feed, IJournal journal, IMqttClient client, Topics topics, MqttStatus status, string version, WaitQuotes waits, TimeProvider time, ILogger log)
{
    /// <summary>Events of one commit, and of a busy moment, become one text.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    /// <summary>Waiting times change by time alone: so often they are looked at again while nothing happens.</summary>
    public static readonly TimeSpan Looking = TimeSpan.FromSeconds(30);

    /// <exception cref="MqttAwayException"/>
    public async Task RunAsync(CancellationToken cancel)
    {
        var shown = new Dictionary<string, byte[]>();
        await ShowAsync([(topics.Status, Birth.Of(journal, status.Boot, version))], cancel);
        while (true)
        {
            var latest = feed.Latest;
            await ShowAsync(Changed(latest, shown), cancel);
            await News.WithinAsync(Looking, time, c => feed.AfterAsync(latest.Seq, c), cancel);
            await Task.Delay(Gathering, time, cancel);
        }
    }

    private List<(string Topic, object Payload)> Changed(HallSnapshot latest, Dictionary<string, byte[]> shown)
    {
        var changed = new List<(string, object)>();
        foreach (var (topic, payload) in Snapshots.Of(latest, feed.Profile, topics, waits.Now))
        {
            // A text is as of its last change: the moment alone is none.
            var content = PayloadJson.Bytes(Snapshots.At(payload, 0, default));
            if (shown.TryGetValue(topic, out var before) && before.AsSpan().SequenceEqual(content)) continue;
            shown[topic] = content;
            changed.Add((topic, payload));
        }

        return changed;
    }

    private async Task ShowAsync(List<(string Topic, object Payload)> texts, CancellationToken cancel)
    {
        var acknowledged = new List<(string Topic, Task Done)>();
        foreach (var (topic, payload) in texts)
        {
            acknowledged.Add((topic, await client.SendAsync(topic, PayloadJson.Bytes(payload), retain: true, cancel)));
        }

        foreach (var (topic, done) in acknowledged)
        {
            try
            {
                await done.WaitAsync(cancel);
                status.Say(topic, null);
                status.Answered(topic);
            }
            catch (MqttDeniedException denied)
            {
                // The events matter more: the connection stays, and the text comes again with its next change.
                if (status.Says(topic) is null) LogDenied(denied.Message);
                status.Say(topic, denied.Message, ReportingFault.Denied);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Denial}")]
    private partial void LogDenied(string denial);
}
