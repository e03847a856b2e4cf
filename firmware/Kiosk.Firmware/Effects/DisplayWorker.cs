using Kiosk.Domain.Hall;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Displays;

namespace Kiosk.Firmware.Effects;

/// <summary>Shows each counter's number on its display: a convergent effect, always the latest state, never a queue.</summary>
internal sealed class DisplayWorker(HallFeed feed) : IDeviceAttendant
{
    public DeviceClass Class => DeviceClass.CounterDisplay;

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var display = (ICounterDisplay)device;
        var shown = new Dictionary<int, Seen>();
        var gate = new Lock();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A display that has just been opened shows what was called before without flashing it.
        lock (gate) Show(display, feed.Latest.State, shown, fresh: false);
        feed.Committed += Follow;
        try
        {
            lock (gate) Show(display, feed.Latest.State, shown, fresh: true);
            await failed.Task.WaitAsync(cancel);
        }
        finally
        {
            feed.Committed -= Follow;
        }

        // On the engine's thread, right after the commit: the display's own task is woken with nothing in between.
        void Follow(HallSnapshot snapshot)
        {
            try
            {
                lock (gate) Show(display, snapshot.State, shown, fresh: true);
            }
            catch (Exception defect)
            {
                // Goes to the device's own task: the engine goes on.
                failed.TrySetException(defect);
            }
        }
    }

    private static void Show(ICounterDisplay display, HallState hall, Dictionary<int, Seen> shown, bool fresh)
    {
        foreach (var panel in display.Panels)
        {
            var counter = hall.Counters.GetValueOrDefault(new CounterId(panel));
            var ticket = counter is null ? null : hall.At(counter);
            var now = new Seen(ticket?.Number, ticket?.Calls ?? 0, ticket?.Phase, counter?.Phase);
            var before = shown.GetValueOrDefault(panel);

            // What is the same for this counter is not shown anew: the number goes on blinking while others press their keys.
            if (before == now) continue;
            shown[panel] = now;
            display.Show(panel, Face(counter, ticket, fresh && ticket?.Phase == TicketPhase.Called && (before?.Number, before?.Calls) != (now.Number, now.Calls)));
        }
    }

    private static CounterFace Face(Counter? counter, Ticket? ticket, bool called) => counter switch
    {
        null or { Phase: CounterPhase.Closed } => CounterFace.Dark,
        _ when ticket is not null => new(ticket.Number.ToString(), Flash: called),
        { Phase: CounterPhase.Paused } => new("", Paused: true),
        _ => CounterFace.Dark,
    };

    /// <summary>What a panel was shown last.</summary>
    private sealed record Seen(TicketNumber? Number, int Calls, TicketPhase? Phase, CounterPhase? Counter);
}
