using Kiosk.Mqtt;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store watch</c>: keeps the copy and shows it, on a terminal or as JSON lines.</summary>
internal sealed class StoreWatch(TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), Blink = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<string> _notices = [];

    /// <param name="live">Draws on the terminal; else a line of JSON every second.</param>
    /// <param name="untilCaughtUp">Ends when the copy has everything that the hall says to have.</param>
    public async Task<int> RunAsync(BrokerSettings broker, string? hall, string? db, bool acknowledge, bool untilCaughtUp, bool live, CancellationToken cancel)
    {
        var id = hall is null ? await HallFinder.OnlyAsync(broker, time, cancel) : HallFinder.Checked(hall);
        var path = Path.GetFullPath(db ?? StorePlaces.Of(id));
        try
        {
            using var file = StoreFile.Open(path);
            await errors.WriteLineAsync($"hall {id} at {broker.Address}; the copy is in {path}");
            await using var client = broker.Client(time);
            var copy = new StoreCopy(client, file, id, new(acknowledge), time);
            copy.Noticed += live ? Keep : Tell;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var running = copy.RunAsync(stop.Token);
            try
            {
                var showing = live ? DrawAsync(copy, untilCaughtUp, stop.Token) : PrintAsync(copy, untilCaughtUp, stop.Token);
                await await Task.WhenAny(running, showing);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Ctrl-C is how watching ends.
            }
            finally
            {
                await stop.CancelAsync();
                await running;
            }

            var view = copy.View;
            if (!live) await PrintAsync(view);
            if (view.Connection is MqttState.Refused refused) throw BrokerLink.Refused(broker, refused);
            if (untilCaughtUp && view.Denial is { } denial) throw new Trouble(ExitCode.NoPermission, denial);
            return view.Figures.Contradictions == 0 ? ExitCode.Fine : ExitCode.Differs;
        }
        catch (SqliteException failed)
        {
            throw StoreFile.Unusable(path, failed);
        }
    }

    // Who waits for the end must not wait for a broker that will not have us, or will not let us ask for what is missing.
    private static bool Ends(CopyView view, bool untilCaughtUp) => untilCaughtUp && (view.CaughtUp || view.Connection is MqttState.Refused || view.Denial is not null);

    private async Task PrintAsync(StoreCopy copy, bool untilCaughtUp, CancellationToken cancel)
    {
        while (!Ends(copy.View, untilCaughtUp))
        {
            await PrintAsync(copy.View);
            using var second = new CancellationTokenSource(Every, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, second.Token);
            try
            {
                await copy.UntilAsync(view => Ends(view, untilCaughtUp), either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // A second is over.
            }
        }
    }

    private async Task PrintAsync(CopyView view)
    {
        await output.WriteLineAsync(WatchLine.Of(view, time.GetUtcNow()));
        await output.FlushAsync(CancellationToken.None);
    }

    private async Task DrawAsync(StoreCopy copy, bool untilCaughtUp, CancellationToken cancel)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        await console.Live(Screen(copy.View)).Overflow(VerticalOverflow.Crop).StartAsync(async display =>
        {
            while (!Ends(copy.View, untilCaughtUp))
            {
                await Task.Delay(Blink, time, cancel);
                display.UpdateTarget(Screen(copy.View));
            }

            display.UpdateTarget(Screen(copy.View));
        });
    }

    private Spectre.Console.Rendering.IRenderable Screen(CopyView view)
    {
        lock (_gate) return WatchScreen.Of(view, time.GetUtcNow(), time.LocalTimeZone, [.. _notices]);
    }

    private void Keep(string notice)
    {
        lock (_gate)
        {
            if (_notices.Count == WatchScreen.NoticesKept) _notices.RemoveAt(0);
            _notices.Add(notice);
        }
    }

    private void Tell(string notice)
    {
        lock (_gate) errors.WriteLine($"kioskctl: {notice}");
    }
}
