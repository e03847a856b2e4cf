using System.Threading.Channels;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>The journal's events to <c>evt</c>, in order, as long as one connection lasts.</summary>
internal sealed class EventStream(IJournal journal, HallFeed feed, IMqttClient client, Topics topics, PublishCursor cursor, MqttStatus status, TimeProvider time)
{
    public const int Page = 100;

    /// <summary>Between two questions whether somebody listens by now.</summary>
    public static readonly TimeSpan AskFirst = TimeSpan.FromSeconds(1), AskLast = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at a journal that has less than its feed said.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);

    private long _historical;

    /// <summary>Behind which somebody wished for events again that were not all heard yet; MaxValue: nobody.</summary>
    private long _owed = long.MaxValue;

    /// <param name="after">Seq behind which to begin.</param>
    /// <exception cref="MqttException">The connection is gone, or the broker denies an event; nothing is skipped.</exception>
    public async Task RunAsync(long after, CancellationToken cancel)
    {
        // What the journal has by now is late, or a repeat: a store does not alarm anybody about it.
        _historical = feed.Latest.Seq;

        // What somebody wished for and has not been sent yet stays wished for when somebody else wishes, or the connection breaks.
        if (after < cursor.Begin(again: false)) _owed = Math.Min(after, _owed);
        var begin = Math.Min(after, _owed);
        while (true)
        {
            var sent = Channel.CreateBounded<(long Seq, Task<Acknowledgement> Acknowledged)>(MqttOptions.Window);
            try
            {
                await Together.RunAsync(cancel, c => SendAsync(begin, sent.Writer, c), c => ConfirmAsync(sent.Reader, c));
            }
            catch (NobodyListensException)
            {
                (begin, _owed) = (cursor.Begin(again: false), long.MaxValue);
            }
        }
    }

    private async Task SendAsync(long after, ChannelWriter<(long Seq, Task<Acknowledgement> Acknowledged)> sent, CancellationToken cancel)
    {
        var heard = false;
        while (true)
        {
            var page = journal.Read(after, Page);
            foreach (var recorded in page)
            {
                var payload = EventPayloads.Of(recorded, topics.Hall, recorded.Seq <= _historical);
                if (!heard)
                {
                    // The first goes alone: were a window under way when a subscriber comes, it would hear the end before the beginning.
                    await UntilHeardAsync(payload, cancel);
                    Heard(recorded.Seq);
                    heard = true;
                }
                else
                {
                    await sent.WriteAsync((recorded.Seq, await PublishAsync(payload, cancel)), cancel);
                }

                after = recorded.Seq;
            }

            if (page.Count > 0) continue;
            if (feed.Latest.Seq > after) await Task.Delay(Behind, time, cancel);
            else await feed.AfterAsync(after, cancel);
        }
    }

    private async Task UntilHeardAsync(byte[] payload, CancellationToken cancel)
    {
        var pause = AskFirst;
        while (true)
        {
            var acknowledged = await PublishAsync(payload, cancel);
            if (await acknowledged.WaitAsync(cancel) == Acknowledgement.Taken) return;

            // Whoever comes hears of what happened until then, not of what happens.
            _historical = feed.Latest.Seq;
            status.Listens(false);
            await Task.Delay(pause, time, cancel);
            pause = pause * 2 < AskLast ? pause * 2 : AskLast;
        }
    }

    private async Task<Task<Acknowledgement>> PublishAsync(byte[] payload, CancellationToken cancel)
    {
        // The worker ends this stream as soon as it hears that the store is ahead; until it has, nothing may take the place of an event that the store has.
        if (cursor.Superseded) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        return await client.SendAsync(topics.Events, payload, retain: false, cancel);
    }

    private async Task ConfirmAsync(ChannelReader<(long Seq, Task<Acknowledgement> Acknowledged)> sent, CancellationToken cancel)
    {
        await foreach (var (seq, acknowledged) in sent.ReadAllAsync(cancel))
        {
            if (await acknowledged.WaitAsync(cancel) == Acknowledgement.NobodyListens) throw new NobodyListensException();
            Heard(seq);
        }
    }

    private void Heard(long seq)
    {
        if (_owed != long.MaxValue) _owed = seq < cursor.Begin(again: false) ? seq : long.MaxValue;
        cursor.BrokerHas(seq);
        status.Listens(true);
        status.Say("events", null);
        status.Answered(topics.Events);
    }

    private sealed class NobodyListensException : Exception;
}
