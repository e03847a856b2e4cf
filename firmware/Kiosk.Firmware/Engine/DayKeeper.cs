using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>Sends in what time asks for: the day opens and closes, held tickets come back, service begins on arrival.</summary>
internal sealed partial class DayKeeper(IIntake intake, HallFeed feed, TimeProvider time, IClockTrust clock, ILogger<DayKeeper> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Looks left out after the journal took nothing: it is asked again, and complained about, now and then only.</summary>
    private const int LooksLeftOut = 15;

    private bool _waitsForClock;
    private int _leaveOut;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            await KeepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look at the clock.</summary>
    internal async Task KeepAsync(CancellationToken cancel)
    {
        if (_leaveOut-- > 0) return;
        try
        {
            // Between two days nobody's wait depends on it: a clock that was set back is taken as it is.
            if (feed.Latest.State.Phase == DayPhase.Closed && time is HallTime hall) hall.TakeSystemTime();
            while (HallClock.DueDay(feed.Latest.State, Now()) is { } change && Trusted())
            {
                if (!await AskAsync(change, cancel)) return;
                LogDone(log, change.GetType().Name, feed.Latest.State.Day);
            }

            foreach (var command in HallClock.Due(feed.Latest.State, Now())) await AskAsync(command, cancel);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogRejected(log, "The clock", refused.Message);
            _leaveOut = LooksLeftOut;
        }
    }

    private async Task<bool> AskAsync(HallCommand command, CancellationToken cancel)
    {
        var answer = await intake.AskAsync(Request.Once("clock", command), cancel);

        // Somebody was faster, or nothing is left to do; it is looked at again in a moment.
        if (answer.Rejection is { } rejection) LogRejected(log, command.GetType().Name, rejection.Sentence());
        return answer.Rejection is null;
    }

    // Asked only when a day is to change. Said once, not every second.
    private bool Trusted()
    {
        var waits = feed.Profile.Rules.ClockMustBeSynchronised && !clock.Synchronised;
        if (waits && !_waitsForClock) LogWaits(log);
        _waitsForClock = waits;
        return !waits;
    }

    private DateTimeOffset Now()
    {
        var (now, last) = (time.GetUtcNow(), feed.Latest.At);
        return now > last ? now : last;
    }

    [LoggerMessage(1, LogLevel.Information, "{Command} by the clock: business day {Day:O}")]
    private static partial void LogDone(ILogger log, string command, DateOnly? day);

    [LoggerMessage(3, LogLevel.Warning, "The business day does not change: the clock is not synchronised, and rules.clock asks for it. Check the network and the time service (timedatectl).")]
    private static partial void LogWaits(ILogger log);

    [LoggerMessage(2, LogLevel.Warning, "{Command} was refused: {Reason}")]
    private static partial void LogRejected(ILogger log, string command, string reason);
}
