using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Data.Sqlite;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class ArchiveTests : IDisposable
{
    private const long Everything = long.MaxValue;

    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-archive-").FullName;

    private string Database => Path.Combine(_directory, SqliteJournal.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Journal_of_format_1_is_upgraded_and_keeps_every_event()
    {
        List<long> ends;
        using (var journal = SqliteJournal.Open(_directory)) ends = BusinessDays.Write(journal, 2);

        // As version 1 wrote them: without the notes it did not know, and without who asked.
        Sql("DELETE FROM event WHERE type IN ('feedback-given', 'hand-over-written')");
        Renumber();
        IReadOnlyList<Recorded> before;
        using (var journal = SqliteJournal.Open(_directory))
        {
            before = journal.Read(0, 1000);
            Assert.Equal(ends[^1] - 4, before.Count);
            Assert.Equal(before.Count, before[^1].Seq);
            journal.Append([new(before[^1].At, new HallEvent.HandOverTaken("h5"), "r", "manager", "wang")]);
            journal.KeepReport(BusinessDays.First, "{}"u8.ToArray());
            journal.KeepPersonal("appointment/1", "13800001111", before[^1].At);
        }

        using var again = SqliteJournal.Open(_directory);
        Assert.Equal("wang", Assert.Single(again.ReadNotes(0, 10)).Who);
        Assert.Equal(2, again.Days().Count);
        Assert.Equal("13800001111", again.FindPersonal("appointment/1"));
    }

    [Fact]
    public void Days_run_from_their_opening_to_the_last_event_before_the_next()
    {
        using var journal = SqliteJournal.Open(_directory);
        var ends = BusinessDays.Write(journal, 3);

        Assert.Equal(
            [new(BusinessDays.First, 1, ends[0]), new(BusinessDays.First.AddDays(1), ends[0] + 1, ends[1]), new(BusinessDays.First.AddDays(2), ends[1] + 1, ends[2])],
            journal.Days());
    }

    [Fact]
    public void Kept_report_is_there_after_a_restart_and_a_later_one_takes_its_place()
    {
        using (var journal = SqliteJournal.Open(_directory))
        {
            journal.KeepReport(BusinessDays.First, "first"u8.ToArray());
            journal.KeepReport(BusinessDays.First, "second"u8.ToArray());
            journal.KeepReport(BusinessDays.First.AddDays(-1), "earlier"u8.ToArray());
        }

        using var again = SqliteJournal.Open(_directory);
        Assert.Equal([BusinessDays.First.AddDays(-1), BusinessDays.First], again.ReportedDays());
        Assert.Equal("second"u8.ToArray(), again.Report(BusinessDays.First));
        Assert.Null(again.Report(BusinessDays.First.AddDays(1)));
    }

    [Fact]
    public void Pruning_takes_old_days_but_leaves_notes_and_the_last_two_days()
    {
        using var journal = Written(5, out var ends);
        var notes = journal.ReadNotes(0, 100);

        var removed = journal.Prune(BusinessDays.First.AddDays(100), Everything);

        Assert.Equal(ends[2] - 6, removed);
        Assert.Equal(notes, journal.ReadNotes(0, 100));
        Assert.Equal([BusinessDays.First.AddDays(3), BusinessDays.First.AddDays(4)], journal.Days().Select(day => day.Day));
        Assert.Equal(5, journal.ReportedDays().Count);
        Assert.Equal(0, journal.Prune(BusinessDays.First.AddDays(100), Everything));
    }

    [Theory]
    [InlineData(2, 0, 2)]
    [InlineData(9, 1, 1)]
    [InlineData(9, 0, 3)]
    [InlineData(0, 0, 0)]
    public void Pruning_stops_at_the_date_and_at_the_first_event_that_the_store_does_not_have(int beforeDay, int unsafeDay, int pruned)
    {
        using var journal = Written(5, out var ends);

        journal.Prune(BusinessDays.First.AddDays(beforeDay), unsafeDay == 0 ? Everything : ends[unsafeDay] - 1);

        Assert.Equal(5 - pruned, journal.Days().Count);
    }

    [Fact]
    public void Day_without_a_kept_report_is_not_pruned_and_none_after_it()
    {
        using var journal = SqliteJournal.Open(_directory);
        BusinessDays.Write(journal, 5);
        journal.KeepReport(BusinessDays.First, "{}"u8.ToArray());
        journal.KeepReport(BusinessDays.First.AddDays(2), "{}"u8.ToArray());

        journal.Prune(BusinessDays.First.AddDays(100), Everything);

        Assert.Equal(BusinessDays.First.AddDays(1), journal.Days()[0].Day);
    }

    [Fact]
    public void Power_cut_between_two_statements_of_pruning_leaves_the_day_whole()
    {
        using var journal = Written(4, out _);
        var (days, first) = (journal.Days(), journal.Read(0, 1));

        // The second statement is refused, as by a disk that breaks off half-way.
        Break("CREATE TRIGGER broken BEFORE DELETE ON day BEGIN SELECT raise(ABORT, 'disk I/O error'); END", journal);
        Assert.Throws<JournalUnavailableException>(() => journal.Prune(BusinessDays.First.AddDays(100), Everything));

        Assert.Equal(days, journal.Days());
        Assert.Equal(first, journal.Read(0, 1));
        journal.Append([new(BusinessDays.At(BusinessDays.First.AddDays(3), 500), new HallEvent.HandOverTaken("h8"), "r", "manager")]);
    }

    [Fact]
    public void Start_after_pruning_recovers_the_hall_and_readers_go_on_behind_the_gap()
    {
        var profile = RunningHall.Profile();
        HallSnapshot before;
        long last;
        using (var journal = SqliteJournal.Open(_directory))
        {
            BusinessDays.Write(journal, 3);
            BusinessDays.Write(journal, 1, from: BusinessDays.First.AddDays(3), closed: false);
            foreach (var day in journal.Days()) journal.KeepReport(day.Day, "{}"u8.ToArray());
            before = Recovery.Run(journal, profile, printing: true).Feed.Latest;
            Assert.True(journal.Prune(BusinessDays.First.AddDays(100), Everything) > 0);
            last = journal.LastSeq;
        }

        using var again = SqliteJournal.Open(_directory);
        var after = Recovery.Run(again, profile, printing: true).Feed.Latest;

        Assert.Equal((before.Seq, before.At, before.State.Day, before.State.Phase), (after.Seq, after.At, after.State.Day, after.State.Phase));
        Assert.Equal(before.State.Services[new("pay")].Issued, after.State.Services[new("pay")].Issued);

        // A stream or store that has everything up to a removed event gets the rest, in order, once.
        var rest = Pages(again, after: 3).ToList();
        Assert.Equal(rest.Order(), rest);
        Assert.Equal(last, rest[^1]);
        Assert.Contains(again.Days()[0].FirstSeq, rest);
        Assert.Equal(last + 1, again.Append([new(after.At, new HallEvent.HandOverTaken("h8"), "r", "manager")])[0].Seq);
    }

    [Fact]
    public void Erased_personal_data_is_gone_from_every_byte_of_the_file_and_its_log()
    {
        using var journal = SqliteJournal.Open(_directory);
        BusinessDays.Write(journal, 1);
        for (var n = 0; n < 300; n++) journal.KeepPersonal($"suggestion/{n}", $"NAME-{n:000}-{new string('x', 20 + (n * 7 % 900))}-PHONE-{n:000}", BusinessDays.At(BusinessDays.First, n));
        for (var n = 0; n < 300; n += 5) journal.KeepPersonal($"suggestion/{n}", $"LATER-{n:000}", BusinessDays.At(BusinessDays.First, n));
        Assert.Contains("NAME-001-", Bytes(), StringComparison.Ordinal);

        Assert.True(journal.ErasePersonal("suggestion/150"));
        Assert.True(journal.ErasePersonal("suggestion/151"));
        Assert.False(journal.ErasePersonal("suggestion/151"));
        Assert.Equal(101, journal.ErasePersonalBefore(BusinessDays.At(BusinessDays.First, 100)));

        var left = Bytes();
        foreach (var gone in Enumerable.Range(0, 101).Append(150).Append(151))
        {
            Assert.DoesNotContain($"NAME-{gone:000}-", left, StringComparison.Ordinal);
            Assert.DoesNotContain($"-PHONE-{gone:000}", left, StringComparison.Ordinal);
            Assert.DoesNotContain($"LATER-{gone:000}", left, StringComparison.Ordinal);
        }

        Assert.Null(journal.FindPersonal("suggestion/151"));
        Assert.StartsWith("NAME-299-", journal.FindPersonal("suggestion/299"), StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_and_erasing_nothing_writes_nothing()
    {
        using var journal = Written(3, out _);
        journal.KeepPersonal("suggestion/1", "13800001111", BusinessDays.At(BusinessDays.First, 100));
        var before = (new FileInfo(Database).Length, new FileInfo(Database + "-wal").Length);

        for (var n = 0; n < 50; n++)
        {
            journal.Days();
            journal.ReportedDays();
            journal.ReadNotes(0, 100);
            journal.ErasePersonalBefore(BusinessDays.At(BusinessDays.First, 99));
            journal.Prune(BusinessDays.First, Everything);
        }

        Assert.Equal(before, (new FileInfo(Database).Length, new FileInfo(Database + "-wal").Length));
    }

    [Fact]
    public void Report_that_is_made_again_from_the_events_is_the_kept_one_and_survives_their_removal()
    {
        using var journal = SqliteJournal.Open(_directory);
        BusinessDays.Write(journal, 4);
        var terms = ReportTerms.Of(RunningHall.Profile());
        foreach (var day in journal.Days().SkipLast(1)) journal.KeepReport(day.Day, ReportJson.Bytes(DayReports.Made(journal, journal, day, terms)));

        foreach (var day in journal.Days().SkipLast(1))
        {
            Assert.Equal(journal.Report(day.Day), ReportJson.Bytes(DayReports.Made(journal, journal, day, DayReports.Kept(journal, day.Day)!.Terms)));
        }

        journal.Prune(BusinessDays.First.AddDays(100), Everything);
        Assert.Equal(4, DayReports.Kept(journal, BusinessDays.First)!.Figures.Flow.Served);
    }

    private SqliteJournal Written(int days, out List<long> ends)
    {
        var journal = SqliteJournal.Open(_directory);
        ends = BusinessDays.Write(journal, days);
        foreach (var day in journal.Days()) journal.KeepReport(day.Day, "{}"u8.ToArray());
        return journal;
    }

    private static IEnumerable<long> Pages(SqliteJournal journal, long after)
    {
        while (journal.Read(after, 7) is { Count: > 0 } page)
        {
            foreach (var recorded in page) yield return after = recorded.Seq;
        }
    }

    private string Bytes() => Encoding.Latin1.GetString([.. Read(Database), .. Read(Database + "-wal")]);

    // The journal holds its locks while the test looks on.
    private static byte[] Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    // Seqs without a gap, as they were, and the checksums that go with them.
    private void Renumber()
    {
        var rows = new List<(long Seq, DateTimeOffset At, HallEvent Fact, string? Request, string Source)>();
        using (var connection = Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT at, type, body, request, source FROM event ORDER BY seq";
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                rows.Add((rows.Count + 1, DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(0)), EventCodec.Decode(row.GetString(1), row.GetFieldValue<byte[]>(2)), row.GetString(3), row.GetString(4)));
            }
        }

        File.Delete(Database);
        using (var journal = SqliteJournal.Open(_directory)) journal.Append([.. rows.Select(row => new Entry(row.At, row.Fact, row.Request, row.Source))]);
        Sql("DROP TABLE ledger; DROP TABLE note; DROP TABLE report; DROP TABLE personal; ALTER TABLE event DROP COLUMN who; PRAGMA user_version = 1");
    }

    private static void Break(string sql, SqliteJournal journal)
    {
        var connection = (SqliteConnection)typeof(SqliteJournal).GetField("_connection", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(journal)!;
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        return connection;
    }

    private void Sql(string text)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
