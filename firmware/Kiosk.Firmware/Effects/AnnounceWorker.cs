using System.Threading.Channels;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Announcers;

namespace Kiosk.Firmware.Effects;

/// <summary>
/// Has each fresh call and recall said on every loudspeaker that serves its counter: one at a time on each, so that no two cut each other off, and
/// nothing twice after a restart or a reopened device.
/// </summary>
internal sealed partial class AnnounceWorker(HallFeed feed, Captions captions, TimeProvider time, ILogger<AnnounceWorker> log) : IDeviceAttendant
{
    /// <summary>In quiet hours the caption stands alone, for as long as it takes to read it and look for the counter.</summary>
    public static readonly TimeSpan CaptionAlone = TimeSpan.FromSeconds(5);

    public DeviceClass Class => DeviceClass.Announcer;

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var announcer = (IAnnouncer)device;
        var gate = new Lock();
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new AnnounceQueue(announcer.Deadline, time, (call, why) => LogNotSaid(log, settings.Id, call.Number, call.Counter, why));
        var first = feed.Latest;
        var (fresh, last) = (new FreshCalls(first.State), first.Seq);
        feed.Committed += Follow;
        try
        {
            Follow(feed.Latest);
            while (true)
            {
                await Task.WhenAny(wake.Reader.WaitToReadAsync(cancel).AsTask(), failed.Task).Unwrap();
                wake.Reader.TryRead(out _);
                while (Next() is { } call) await SayAsync(announcer, call, cancel);
            }
        }
        finally
        {
            feed.Committed -= Follow;
        }

        PendingCall? Next()
        {
            lock (gate) return queue.Next(feed.Latest.State);
        }

        // On the engine's thread, right after the commit: nothing but a look at the counters.
        void Follow(HallSnapshot snapshot)
        {
            try
            {
                lock (gate)
                {
                    // The one that was fetched at the start may be older than one that was published meanwhile.
                    if (snapshot.Seq <= last) return;
                    last = snapshot.Seq;
                    foreach (var ticket in fresh.Since(snapshot.State).Where(ticket => announcer.Serves(ticket.Counter!.Value.Value)))
                        queue.Add(new(ticket.Id, ticket.Number, ticket.Language, ticket.Counter!.Value, ticket.Calls, time.GetTimestamp()));
                    if (queue.Count > 0) wake.Writer.TryWrite(true);
                }
            }
            catch (Exception defect)
            {
                // Goes to the device's own task: the engine goes on.
                failed.TrySetException(defect);
            }
        }
    }

    private async Task SayAsync(IAnnouncer announcer, PendingCall call, CancellationToken cancel)
    {
        IReadOnlyList<string> languages = announcer.Languages.Count > 0 ? announcer.Languages : [call.Language];
        using var caption = captions.Show(new Caption(call.Number, call.Counter, [.. languages]));
        var announcement = new Announcement([.. languages.Select(language => new SpokenCall(language, call.Number.ToString(), call.Counter.Value))]);
        if (await announcer.AnnounceAsync(announcement, cancel) == AnnounceOutcome.Quiet) await Task.Delay(CaptionAlone, time, cancel);
    }

    [LoggerMessage(1, LogLevel.Information, "{Device} does not say {Number} at counter {Counter}: {Why}")]
    private static partial void LogNotSaid(ILogger log, string device, TicketNumber number, CounterId counter, WhyNotSaid why);
}
