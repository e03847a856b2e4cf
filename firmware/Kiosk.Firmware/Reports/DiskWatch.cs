using System.Globalization;
using Kiosk.Journal;

namespace Kiosk.Firmware.Reports;

/// <param name="DaysLeft">Until the journal has filled what is free, at the pace of the days that it holds; null: there is no pace yet.</param>
/// <param name="DaysHeld">Days older than the profile keeps them, that stay because the store has not said that it has their events.</param>
public sealed record DiskRoom(long FreeBytes, long TotalBytes, long JournalBytes, int? DaysLeft, int DaysHeld)
{
    /// <summary>What a day of events and its reports take, many times over.</summary>
    public const long LeastBytes = 256L << 20;

    public const int LeastDays = 14;

    /// <summary>Somebody should come before it is full.</summary>
    public bool Low => FreeBytes < LeastBytes || DaysLeft < LeastDays;
}

/// <summary>Looks how much room the journal has left, so that it is said before the disk is full. Changes nothing.</summary>
internal sealed partial class DiskWatch(LaunchOptions options, IArchive archive, TimeProvider time, ILogger<DiskWatch> log) : BackgroundService
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    private volatile DiskRoom? _room;

    /// <summary>Null until it was looked at, and where the disk does not say.</summary>
    public DiskRoom? Room => _room;

    /// <summary>How much disk there is, and how much of it is free; tests have their own.</summary>
    internal Func<(long Free, long Total)> Disk { get; init; } = () => new DriveInfo(options.Data) is var drive ? (drive.AvailableFreeSpace, drive.TotalSize) : default;

    /// <summary>Days kept beyond their time; said by who prunes.</summary>
    public int DaysHeld { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            do await Task.Run(Look, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    internal void Look()
    {
        try
        {
            var (free, total) = Disk();
            var bytes = new FileInfo(Path.Combine(options.Data, SqliteJournal.FileName)) is { Exists: true } file ? file.Length : 0;

            // The day that runs is not whole, and one alone is no pace.
            var days = archive.Days().Count - 1;
            var perDay = days < 1 ? 0 : bytes / days;
            var before = _room?.Low;
            _room = new(free, total, bytes, perDay > 0 ? (int)Math.Min(free / perDay, int.MaxValue) : null, DaysHeld);
            if (_room.Low && before != true) LogLow(free / 1_000_000, _room.DaysLeft is { } left ? string.Create(CultureInfo.InvariantCulture, $", enough for {left} days at the present pace") : "");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            if (_room is not null) LogUnknown(failed.Message);
            _room = null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The disk is getting full: {Free} MB are free{Enough}. Free some space, or let the store acknowledge what it has")]
    private partial void LogLow(long free, string enough);

    [LoggerMessage(2, LogLevel.Warning, "How full the disk is cannot be seen: {Reason}")]
    private partial void LogUnknown(string reason);
}
