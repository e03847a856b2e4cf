using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>Opens the day by itself where the profile says so, and ends one that nobody closed.</summary>
internal sealed partial class DayKeeper(IIntake intake, HallFeed feed, TimeProvider time, ILogger<DayKeeper> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>What the clock asks of the hall now, or null.</summary>
    /// <param name="now">Not before the last event: a board whose clock is behind changes no day.</param>
    public static HallCommand? Due(HallState hall, HallRules rules, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.DateTime);
        if (hall.Phase == DayPhase.Closed)
        {
            return rules.Opening == DayOpening.Automatic && !(hall.Day >= today) ? new HallCommand.OpenDay(today) : null;
        }

        if (hall.Day >= today) return null;

        // Past midnight with customers still here, or where people close the day: until the rollover.
        var rollover = today.ToDateTime(rules.Rollover);
        return (hall.Live == 0 && rules.Opening == DayOpening.Automatic) || now.DateTime >= rollover || hall.Day < today.AddDays(-1) ? new HallCommand.CloseDay(Force: true) : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            await KeepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task KeepAsync(CancellationToken cancel)
    {
        try
        {
            while (Due(feed.Latest.State, feed.Profile.Rules, Now()) is { } command)
            {
                var answer = await intake.AskAsync(Request.Once("clock", command), cancel);
                if (answer.Rejection is { } rejection)
                {
                    LogRejected(log, command.GetType().Name, rejection.Sentence());
                    return;
                }

                LogDone(log, command.GetType().Name, feed.Latest.State.Day);
            }
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogRejected(log, "The clock", refused.Message);
        }
    }

    private DateTimeOffset Now()
    {
        var (now, last) = (time.GetUtcNow(), feed.Latest.At);
        return TimeZoneInfo.ConvertTime(now > last ? now : last, feed.Profile.TimeZone);
    }

    [LoggerMessage(1, LogLevel.Information, "{Command} by the clock: business day {Day:O}")]
    private static partial void LogDone(ILogger log, string command, DateOnly? day);

    [LoggerMessage(2, LogLevel.Warning, "{Command} was refused: {Reason}")]
    private static partial void LogRejected(ILogger log, string command, string reason);
}
