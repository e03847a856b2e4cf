using System.IO.Pipelines;
using System.Threading.Channels;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Renders every screen that somebody looks at, once per change, however many browsers show it.</summary>
internal sealed class LiveScreens(
    ScreenComposer composer,
    ScreenRenderer renderer,
    HallFeed feed,
    IDeviceDirectory devices,
    KioskDialogues dialogues,
    ScreenPulse pulse,
    TimeProvider time) : BackgroundService
{
    /// <summary>Open streams, at most: above it a browser is told to come back. A thousand customers who look at their phones, and the hall's own screens; at 5 to 15 KiB each they fit a small board.</summary>
    public const int StreamLimit = 1_200;

    /// <summary>A change shows at once, and so does one right after it: a call and the words that are spoken with it. A burst of changes shows at most this often.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    /// <summary>After so long without a change there is no burst.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(120);

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1), BeatLook = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan DialogueTick = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits become alarms, and reasons others, by time alone: so often the screens of staff are looked at again, in ticks.</summary>
    private const int StaffTicks = 8;

    /// <summary>Waiting times change by time alone, on the phones of all who wait as well: so often every screen is looked at again, in ticks.</summary>
    private const int AllTicks = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<ScreenAddress, LiveScreen> _screens = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _streams;

    /// <summary>Something happened since the last look; else only time has passed.</summary>
    private bool _changed;

    /// <summary>Takes a place among the streams. Null when too many are open.</summary>
    /// <param name="wire">Where the browser's events go.</param>
    public Viewer? Join(ScreenAddress address, PipeWriter wire, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_streams >= StreamLimit) return null;

            _streams++;
            if (!_screens.TryGetValue(address, out var screen)) _screens.Add(address, screen = new LiveScreen(address));
            screen.Joined++;
            return new(screen, wire, cancel);
        }
    }

    /// <summary>The browser is ready: it gets a beat, the screen where that is known already, and what changes from now on.</summary>
    public void Begin(Viewer viewer)
    {
        lock (_gate)
        {
            viewer.Screen.Viewers.Add(viewer);
            viewer.LastBeat = time.GetTimestamp();
        }

        viewer.Tell(LiveEvents.Beat(time.GetUtcNow()));
        Wake();
    }

    public void Leave(Viewer viewer)
    {
        lock (_gate)
        {
            _streams--;
            viewer.Screen.Viewers.Remove(viewer);
            if (--viewer.Screen.Joined == 0) _screens.Remove(viewer.Screen.Address);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnCommit(HallSnapshot snapshot) => Wake();
        feed.Committed += OnCommit;
        devices.Changed += Wake;
        dialogues.Changed += Wake;
        pulse.Raised += Wake;
        try
        {
            await Together.RunAsync(stoppingToken, RenderAsync, TickAsync, BeatAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the streams end by its own signal.
        }
        finally
        {
            feed.Committed -= OnCommit;
            devices.Changed -= Wake;
            dialogues.Changed -= Wake;
            pulse.Raised -= Wake;
        }
    }

    private async Task RenderAsync(CancellationToken cancel)
    {
        var before = time.GetTimestamp();
        await foreach (var _ in _wake.Reader.ReadAllAsync(cancel))
        {
            List<LiveScreen> watched;
            var now = time.GetTimestamp();
            var all = Interlocked.Exchange(ref _changed, false);
            lock (_gate) watched = [.. _screens.Values.Where(screen => all || screen.Address is ScreenAddress.Guide or ScreenAddress.Counter or ScreenAddress.Hall or ScreenAddress.Today)];
            foreach (var screen in watched)
            {
                if (screen.Show(composer.Compose(screen.Address) is { } content ? await renderer.FrameAsync(content) : null)) Tell(screen);
            }

            if (watched.Count > 0 && time.GetElapsedTime(before, now) < Calm) await Task.Delay(Pace, time, cancel);
            // From the end of the look: where rendering takes long, the next one waits all the same.
            before = time.GetTimestamp();
        }
    }

    private void Tell(LiveScreen screen)
    {
        Viewer[] viewers;
        lock (_gate) viewers = [.. screen.Viewers];
        foreach (var viewer in viewers) viewer.Tell();
    }

    // Whose beat is due is looked at often, so that a thousand do not beat at one moment.
    private async Task BeatAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BeatLook, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            List<Viewer> due = [];
            lock (_gate)
            {
                var now = time.GetTimestamp();
                foreach (var viewer in _screens.Values.SelectMany(screen => screen.Viewers))
                {
                    if (time.GetElapsedTime(viewer.LastBeat, now) < BeatEvery - BeatLook / 2) continue;
                    viewer.LastBeat = now;
                    due.Add(viewer);
                }
            }

            if (due.Count == 0) continue;
            var beat = LiveEvents.Beat(time.GetUtcNow());
            foreach (var viewer in due) viewer.Tell(beat);
        }
    }

    private async Task TickAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(DialogueTick, time);
        for (var tick = 1; await timer.WaitForNextTickAsync(cancel); tick++)
        {
            dialogues.Tick();
            if (tick % AllTicks == 0) Wake();
            else if (tick % StaffTicks == 0) _wake.Writer.TryWrite(true);
        }
    }

    private void Wake()
    {
        Volatile.Write(ref _changed, true);
        _wake.Writer.TryWrite(true);
    }
}
