using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Staff;

/// <summary>Signs out those who have not pressed anything for long.</summary>
internal sealed class SessionSweeper(StaffDesk desk, HallProfile profile, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await desk.SweepAsync(profile.Staff.Session);
        }
        catch (OperationCanceledException)
        {
            // The host stops, and the engine may have before this.
        }
    }
}
