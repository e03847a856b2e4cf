using Kiosk.Domain.Hall;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;

namespace Kiosk.Firmware.Reports;

/// <summary>Keeps the report of each day that closed; removes old events and personal data when their time is over. Writes only when something happened or is due.</summary>
internal sealed partial class ReportKeeper(
    ReportShelf shelf, IJournal journal, IArchive archive, IPersonalData personal, IIntake intake, HallFeed feed, TimeProvider time, ILogger<ReportKeeper> log, MqttSettings? mqtt = null, DiskWatch? disk = null)
    : BackgroundService
{
    /// <summary>Between two looks whether the date has changed.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Together.RunAsync(stoppingToken, KeepAsync, ClearAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; whatever is not kept yet is kept at the next start.
        }
    }

    /// <summary>Each time the day opens or closes, and at the start: a power cut may have come in between.</summary>
    private async Task KeepAsync(CancellationToken cancel)
    {
        (DateOnly?, bool)? seen = null;
        while (true)
        {
            var now = feed.Latest;
            var phase = (now.State.Day, now.State.Phase == DayPhase.Closed);
            if (phase != seen && await Task.Run(Keep, cancel)) seen = phase;
            else if (phase != seen) await Task.Delay(TryAgain, time, cancel);
            else await feed.AfterAsync(now.Seq, cancel);
        }
    }

    private bool Keep()
    {
        try
        {
            foreach (var day in shelf.KeepWhatIsDue()) LogKept(day);
            return true;
        }
        catch (JournalUnavailableException unavailable)
        {
            LogTrouble(unavailable.Message);
            return false;
        }
    }

    private async Task ClearAsync(CancellationToken cancel)
    {
        DateOnly? done = null;
        while (true)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), feed.Profile.TimeZone).DateTime);
            if (today != done && await TryClearAsync(cancel)) done = today;
            await Task.Delay(done == today ? LookEvery : TryAgain, time, cancel);
        }
    }

    private async Task<bool> TryClearAsync(CancellationToken cancel)
    {
        try
        {
            await ClearOnceAsync(cancel);
            return true;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogTrouble(refused.Message);
            return false;
        }
    }

    /// <summary>Days between two business days of a hall that was closed for long, and not of a clock that is wrong.</summary>
    private const int LongestGap = 60;

    /// <summary>Removes what is over, and writes down that it was.</summary>
    internal async Task ClearOnceAsync(CancellationToken cancel)
    {
        // A clock that is wrong by years opens a day in that year: then nothing is removed until somebody has looked.
        var days = archive.Days();
        if (days.Count >= 2 && days[^1].Day > days[^2].Day.AddDays(LongestGap)) return;

        var expired = personal.ErasePersonalBefore(time.GetUtcNow());
        if (expired > 0) await NoteAsync(new HallEvent.PersonalDataErased("expired", expired), cancel);

        // Counted from the business day, not from the clock: one that is wrong by years must not empty the journal.
        if (feed.Latest.State.Day is not { } day) return;
        var before = day.AddDays(-feed.Profile.Retention.JournalDays);
        var removed = await Task.Run(() => archive.Prune(before, Safe()), cancel);
        if (removed > 0) await NoteAsync(new HallEvent.JournalPruned(before, removed), cancel);
        Held(before);
    }

    // The two latest days stay for the next start, whatever their age.
    private void Held(DateOnly before)
    {
        var held = archive.Days().SkipLast(2).Count(day => day.Day < before);
        if (held > 0) LogHeld(held, Safe());
        if (disk is not null) disk.DaysHeld = held;
    }

    /// <summary>Up to where the store has everything. While only the broker acknowledges, what would be sent again after a lost connection is not safe.</summary>
    private long Safe()
    {
        if (mqtt is not { Enabled: true }) return long.MaxValue;
        return journal.Cursor(PublishCursor.StoreWord) is var store and > 0 ? store : Math.Max(0, journal.Cursor(PublishCursor.Place) - PublishCursor.Replay);
    }

    private async Task NoteAsync(HallEvent.Note fact, CancellationToken cancel)
    {
        await intake.AskAsync(Request.Once("clock", new HallCommand.WriteDown(fact)), cancel);
        if (fact is HallEvent.JournalPruned pruned) LogPruned(pruned.Events, pruned.Before);
        if (fact is HallEvent.PersonalDataErased erased) LogErased(erased.Records);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The report of {Day:O} is kept")]
    private partial void LogKept(DateOnly day);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Events} events of before {Before:O} were removed; the reports are kept")]
    private partial void LogPruned(long events, DateOnly before);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Days} days are older than the profile keeps them, and stay: the store has acknowledged nothing behind event {Seq}")]
    private partial void LogHeld(int days, long seq);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Records} records of personal data were erased: their time was over")]
    private partial void LogErased(int records);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reports and retention wait: {Reason}")]
    private partial void LogTrouble(string reason);
}
