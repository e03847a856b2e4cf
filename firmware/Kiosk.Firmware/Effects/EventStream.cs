using System.Threading.Channels;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;

namespace Kiosk.Firmware.Effects;

/// <summary>The journal's events to <c>evt</c>, in order, as long as one connection lasts.</summary>
internal sealed class EventStream(IJournal journal, HallFeed feed, IMqttClient client, Topics topics, PublishCursor cursor, MqttStatus status, TimeProvider time)
{
    public const int Page = 100;

    /// <summary>Between two looks at a journal that has less than its feed said.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);

    /// <param name="after">Seq behind which to begin.</param>
    /// <exception cref="MqttException">The connection is gone, or the broker denies an event; nothing is skipped.</exception>
    public Task RunAsync(long after, CancellationToken cancel)
    {
        var sent = Channel.CreateBounded<(long Seq, Task Acknowledged)>(MqttOptions.Window);
        return Together.RunAsync(cancel, c => SendAsync(after, sent.Writer, c), c => ConfirmAsync(sent.Reader, c));
    }

    private async Task SendAsync(long after, ChannelWriter<(long Seq, Task Acknowledged)> sent, CancellationToken cancel)
    {
        while (true)
        {
            var page = journal.Read(after, Page);
            foreach (var recorded in page)
            {
                var acknowledged = await client.SendAsync(topics.Events, EventPayloads.Of(recorded, topics.Hall), retain: false, cancel);
                await sent.WriteAsync((recorded.Seq, acknowledged), cancel);
                after = recorded.Seq;
            }

            if (page.Count > 0) continue;
            if (feed.Latest.Seq > after) await Task.Delay(Behind, time, cancel);
            else await feed.AfterAsync(after, cancel);
        }
    }

    private async Task ConfirmAsync(ChannelReader<(long Seq, Task Acknowledged)> sent, CancellationToken cancel)
    {
        await foreach (var (seq, acknowledged) in sent.ReadAllAsync(cancel))
        {
            await acknowledged.WaitAsync(cancel);
            cursor.BrokerHas(seq);
            status.Say("events", null);
        }
    }
}
