using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Books;

/// <summary>Writes down, once for each change of the profile, what those must know who read the hall's events.</summary>
internal sealed class HallDescriber(HallProfile profile, BookKeeper books, IIntake intake, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = HallOutline.Of(profile);
        if (Same(books.Current.Store.Hall, now)) return;
        try
        {
            await intake.InsistAsync(Request.Once("clock", new HallCommand.WriteDown(new HallEvent.HallDescribed(now))), time, stoppingToken, TryAgain);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start sees that it is not written yet.
        }
    }

    // Lists are compared by what is in them.
    private static bool Same(HallOutline? before, HallOutline now) => before is not null && JsonSerializer.Serialize(before) == JsonSerializer.Serialize(now);
}
