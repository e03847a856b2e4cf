using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Whether a ticket machine can do what it is there for. A number that cannot be journalled is not issued, whatever else works.</summary>
internal sealed class KioskUse(HallEngine engine, IJournal journal, ScreenPulse pulse, TimeProvider time) : BackgroundService
{
    /// <summary>After this a customer may try again: whether the journal takes events is known only by giving it one.</summary>
    public static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>True: it says so, before somebody has chosen in vain. Ends by itself with the trouble.</summary>
    public bool Off => journal.Tight || (engine.Trouble is not null && time.GetUtcNow() - engine.TroubleAt < TryAgain);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Look, time);
            for (var was = false; await timer.WaitForNextTickAsync(stoppingToken);)
            {
                if (Off == was) continue;
                was = !was;
                pulse.Raise();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
