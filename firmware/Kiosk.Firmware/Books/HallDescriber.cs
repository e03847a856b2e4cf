using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Books;

/// <summary>Writes down, once for each change of the profile, what those must know who read the hall's events.</summary>
internal sealed partial class HallDescriber(HallProfile profile, BookKeeper books, IIntake intake, TimeProvider time, ILogger<HallDescriber> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = HallOutline.Of(profile);
        try
        {
            while (!Same(books.Current.Store.Hall, now) && !await TryWriteAsync(new(now), stoppingToken)) await Task.Delay(TryAgain, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start sees that it is not written yet.
        }
    }

    private async Task<bool> TryWriteAsync(HallEvent.HallDescribed fact, CancellationToken cancel)
    {
        try
        {
            await intake.AskAsync(Request.Once("clock", new HallCommand.WriteDown(fact)), cancel);
            return true;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogNotWritten(log, refused.Message);
            return false;
        }
    }

    // Lists are compared by what is in them.
    private static bool Same(HallOutline? before, HallOutline now) => before is not null && JsonSerializer.Serialize(before) == JsonSerializer.Serialize(now);

    [LoggerMessage(1, LogLevel.Warning, "The hall is not described anew yet: {Reason}")]
    private static partial void LogNotWritten(ILogger log, string reason);
}
