using Kiosk.Firmware.Reports;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Reports;

public sealed class DiskWatchTests : IDisposable
{
    private const long Plenty = 50_000_000_000;

    private readonly TestDirectory _directory = new();
    private readonly SqliteJournal _journal;

    public DiskWatchTests() => _journal = SqliteJournal.Open(_directory.Path);

    public void Dispose()
    {
        _journal.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_disk_with_room_for_weeks_is_no_trouble()
    {
        BusinessDays.Write(_journal, 5);
        var room = Look(Plenty);

        Assert.False(room.Low);
        Assert.InRange(room.DaysLeft!.Value, DiskRoom.LeastDays, int.MaxValue);
        Assert.Equal(new FileInfo(Path.Combine(_directory.Path, SqliteJournal.FileName)).Length, room.JournalBytes);
    }

    [Fact]
    public void It_is_said_two_weeks_before_the_disk_is_full_at_the_journals_own_pace()
    {
        BusinessDays.Write(_journal, 5);
        var perDay = new FileInfo(Path.Combine(_directory.Path, SqliteJournal.FileName)).Length / 4;

        // A journal that grows by gigabytes a day is not to be had in a test: the least bytes alone would hide the days.
        Assert.Equal(20, Look(perDay * 20).DaysLeft);
        Assert.Equal(13, Look(perDay * 13 + 1).DaysLeft);
        Assert.True(new DiskRoom(Plenty, Plenty, 0, DiskRoom.LeastDays - 1, 0).Low);
        Assert.False(new DiskRoom(Plenty, Plenty, 0, DiskRoom.LeastDays, 0).Low);
    }

    [Fact]
    public void Little_room_is_low_also_on_the_first_day()
    {
        BusinessDays.Write(_journal, 1);

        Assert.True(Look(DiskRoom.LeastBytes - 1).Low);
        Assert.Null(Look(DiskRoom.LeastBytes).DaysLeft);
        Assert.False(Look(DiskRoom.LeastBytes).Low);
    }

    [Fact]
    public void A_disk_that_says_nothing_is_not_taken_for_a_full_one()
    {
        var watch = new DiskWatch(Options, _journal, TimeProvider.System, NullLogger<DiskWatch>.Instance) { Disk = () => throw new IOException("no such device") };
        watch.Look();

        Assert.Null(watch.Room);
    }

    private LaunchOptions Options => new("hall.json", _directory.Path, new("http://127.0.0.1:0"), null, null, NoBroker: true, Crowd: 0);

    private DiskRoom Look(long free)
    {
        var watch = new DiskWatch(Options, _journal, TimeProvider.System, NullLogger<DiskWatch>.Instance) { Disk = () => (free, Plenty * 2) };
        watch.Look();
        return watch.Room!;
    }
}
