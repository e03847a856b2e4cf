using Kiosk.Domain.Hall;
using Kiosk.Journal;
using Microsoft.Data.Sqlite;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-journal-").FullName;

    private string Database => Path.Combine(_directory, "hall.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Events_are_there_again_after_the_next_start_with_everything_that_stood_beside_them()
    {
        IReadOnlyList<Recorded> written;
        using (var journal = SqliteJournal.Open(_directory)) written = journal.Append([Entry(1), new(Nine, new HallEvent.CounterOpened(new(3)), null, "counter-3")]);

        using var again = SqliteJournal.Open(_directory);

        Assert.Equal(written, again.Read(0, 10));
        Assert.Equal((written[0].Epoch, 2L), (again.Epoch, again.LastSeq));
    }

    [Fact]
    public void Recovery_begins_at_the_latest_day()
    {
        using (var journal = SqliteJournal.Open(_directory))
        {
            journal.Append([new(Nine, new HallEvent.DayOpened(new(2026, 1, 5)), "a", "clock"), Entry(1), new(Nine, new HallEvent.DayClosed(new(2026, 1, 5)), "b", "clock")]);
            journal.Append([new(Nine.AddDays(1), new HallEvent.DayOpened(new(2026, 1, 6)), "c", "clock"), Entry(2)]);
        }

        using var again = SqliteJournal.Open(_directory);

        Assert.Equal(4, again.DayStart);
    }

    [Fact]
    public void Second_process_is_refused_and_told_who_is_there()
    {
        using var first = SqliteJournal.Open(_directory, "kiosk host on http://127.0.0.1:8080");

        var refused = Assert.Throws<JournalRefusedException>(() => SqliteJournal.Open(_directory));

        Assert.Contains($"process {Environment.ProcessId} (kiosk host on http://127.0.0.1:8080)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "does not begin as a database does")]
    [InlineData(2000, "damaged")]
    public void Damaged_file_is_refused_and_left_as_it_was(int at, string says)
    {
        Fill(400);
        Overwrite(at, 600);

        RefusedUntouched(says);
    }

    [Fact]
    public void Truncated_file_is_refused_and_left_as_it_was()
    {
        Fill(400);
        using (var file = new FileStream(Database, FileMode.Open)) file.SetLength(file.Length / 2);

        RefusedUntouched("damaged");
    }

    [Fact]
    public void Flipped_bit_inside_an_event_is_found_by_its_checksum()
    {
        Fill(1);
        var bytes = File.ReadAllBytes(Database);
        var at = bytes.AsSpan().IndexOf("\"A001\""u8);
        bytes[at + 4] ^= 2;
        File.WriteAllBytes(Database, bytes);

        RefusedUntouched("checksum of event 2");
    }

    [Fact]
    public void Missing_event_is_found()
    {
        Fill(5);
        Sql("DELETE FROM event WHERE seq = 3");

        RefusedUntouched("event 3 of epoch");
    }

    [Fact]
    public void Journal_of_a_newer_version_is_refused_and_left_as_it_was()
    {
        Fill(1);
        Sql("PRAGMA user_version = 99");

        RefusedUntouched("newer version (format 99");
    }

    [Fact]
    public void Database_of_another_program_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(_directory);
        Sql("CREATE TABLE customers (name TEXT)");

        RefusedUntouched("another program");
    }

    [Fact]
    public void New_journal_begins_a_life_that_no_earlier_one_had()
    {
        using var first = SqliteJournal.Open(Path.Combine(_directory, "a"), time: new SetClock(Nine));
        using var second = SqliteJournal.Open(Path.Combine(_directory, "b"), time: new SetClock(Nine.AddMinutes(1)));
        using var unset = SqliteJournal.Open(Path.Combine(_directory, "c"), time: new SetClock(DateTimeOffset.UnixEpoch));

        Assert.True(second.Epoch > first.Epoch);
        Assert.Equal(1, unset.Epoch);
    }

    [Fact]
    public void Cursor_is_where_it_was_saved()
    {
        using (var journal = SqliteJournal.Open(_directory))
        {
            Assert.Equal(0, journal.Cursor("mqtt"));
            journal.SaveCursor("mqtt", 7);
            journal.SaveCursor("mqtt", 9);
        }

        using var again = SqliteJournal.Open(_directory);
        Assert.Equal(9, again.Cursor("mqtt"));
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private static Entry Entry(int serial) => new(Nine, new HallEvent.TicketIssued(new($"t{serial}"), new('A', serial), new("pay"), "zh-CN", serial), $"r{serial}", "api");

    private void Fill(int tickets)
    {
        using var journal = SqliteJournal.Open(_directory);
        journal.Append([new(Nine, new HallEvent.DayOpened(new(2026, 1, 5)), "a", "clock"), .. Enumerable.Range(1, tickets).Select(Entry)]);
    }

    private void Overwrite(int at, int count)
    {
        using var file = new FileStream(Database, FileMode.Open) { Position = at };
        file.Write(Enumerable.Repeat((byte)0xAA, count).ToArray());
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private void RefusedUntouched(string says)
    {
        var before = File.ReadAllBytes(Database);

        var refused = Assert.Throws<JournalRefusedException>(() => SqliteJournal.Open(_directory));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("not touched", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database));
    }
}
