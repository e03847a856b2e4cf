using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Forecasts;

/// <summary>Fixes the forecast of each day that opens, once: what is scored in the evening is what was said in the morning.</summary>
internal sealed partial class ForecastKeeper(ForecastDesk desk, ReportShelf shelf, IIntake intake, HallFeed feed, TimeProvider time, ILogger<ForecastKeeper> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateOnly? done = null;
        try
        {
            while (true)
            {
                var now = feed.Latest;
                if (now.State.Phase != DayPhase.Open || now.State.Day is not { } day || day == done) await feed.AfterAsync(now.Seq, stoppingToken);
                else if (await TryKeepAsync(day, stoppingToken)) done = day;
                else await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the forecast of a day that runs is fixed at the next start, from the same earlier days.
        }
    }

    /// <returns>False: the journal took nothing; to be tried again.</returns>
    internal async Task<bool> TryKeepAsync(DateOnly day, CancellationToken cancel)
    {
        try
        {
            if (shelf.Latest() is { Outlook: not null } report && report.Day == day) return true;
            var (_, kept) = await Task.Run(() => desk.Make(day), cancel);
            if (kept is null) return true;

            var id = string.Create(CultureInfo.InvariantCulture, $"forecast-{day:yyyy-MM-dd}");
            var answer = await intake.AskAsync(new Request(id, "clock", new HallCommand.WriteDown(new HallEvent.ArrivalsForecast(kept))), cancel);
            if (answer is { Rejection: null, Repeated: false }) LogKept(day, kept.Line(null)?.Mean.Sum() ?? 0);
            return true;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogTrouble(refused.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The forecast of {Day:O} is fixed: {Arrivals:0} arrivals")]
    private partial void LogKept(DateOnly day, double arrivals);

    [LoggerMessage(2, LogLevel.Warning, "The forecast of the day waits: {Reason}")]
    private partial void LogTrouble(string reason);
}
