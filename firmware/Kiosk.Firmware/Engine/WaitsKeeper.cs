using Kiosk.Domain.Waiting;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>Keeps what the hall has learned about its waits, once at the end of each day. A start that comes before it has written learns the day again from the journal.</summary>
internal sealed partial class WaitsKeeper(HallFeed feed, IJournal journal, LaunchOptions options, TimeProvider time, ILogger<WaitsKeeper> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LearnedWaits? kept = null;
        try
        {
            while (true)
            {
                var now = feed.Latest;
                if (now.State.Waits.AtClose is not { } learned || ReferenceEquals(learned, kept)) await feed.AfterAsync(now.Seq, stoppingToken);
                else if (await Task.Run(() => Keep(learned), stoppingToken)) kept = learned;
                else await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the next start learns what is missing from the journal.
        }
    }

    private bool Keep(LearnedWaits learned)
    {
        try
        {
            if (LearnedFile.Read(options.Data, journal.Epoch)?.Day != learned.Day) LearnedFile.Write(options.Data, journal.Epoch, learned);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            LogNotKept(refused.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was learned about the waits could not be kept ({Reason}); the next start reads it from the journal, which takes longer")]
    private partial void LogNotKept(string reason);
}
