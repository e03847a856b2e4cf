using Kiosk.Domain.Views;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Books;

/// <summary>Feedback units change by the clock: a question ends after a minute, thanks after five seconds.</summary>
internal sealed class FeedbackClock(HallFeed feed, BookKeeper books, ScreenPulse pulse, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        IReadOnlyList<FeedbackView> shown = [];
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var views = FeedbackView.All(feed.Latest.State, books.Current.Feedback, time.GetUtcNow());
                if (!views.SequenceEqual(shown)) pulse.Raise();
                shown = views;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
