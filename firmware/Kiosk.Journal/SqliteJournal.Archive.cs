using System.Globalization;
using Kiosk.Domain.Hall;
using Microsoft.Data.Sqlite;

namespace Kiosk.Journal;

/// <summary>What is read and written seldom: notes, days, kept reports, pruning, personal data.</summary>
public sealed partial class SqliteJournal
{
    public IReadOnlyList<Recorded> ReadNotes(long after, int limit) => Locked(() => _statements.ReadNotes(Epoch, after, limit, _path));

    public IReadOnlyList<JournalDay> Days() => Locked(() =>
    {
        var starts = Rows("SELECT seq, day FROM day ORDER BY seq", row => (Seq: row.GetInt64(0), Day: Date(row.GetString(1))));
        return starts.Select((start, index) => new JournalDay(start.Day, start.Seq, index + 1 < starts.Count ? starts[index + 1].Seq - 1 : LastSeq)).ToList();
    });

    public void KeepReport(DateOnly day, ReadOnlyMemory<byte> report) => Locked(() => Execute(
        "INSERT INTO report VALUES ($day, $body) ON CONFLICT (day) DO UPDATE SET body = excluded.body", ("$day", Text(day)), ("$body", report.ToArray())));

    public IReadOnlyList<DateOnly> ReportedDays() => Locked(() => Rows("SELECT day FROM report ORDER BY day", row => Date(row.GetString(0))));

    public byte[]? Report(DateOnly day) => Locked(() => Rows("SELECT body FROM report WHERE day = $day", row => row.GetFieldValue<byte[]>(0), ("$day", Text(day))).FirstOrDefault());

    public long Prune(DateOnly before, long safeSeq)
    {
        // Recovery reads the last two days: they stay, however old they are.
        var days = Days().SkipLast(2).TakeWhile(day => day.Day < before && day.LastSeq <= safeSeq && Report(day.Day) is not null);

        // Day by day: the hall's next event waits for one day's removal, not for that of a year.
        return days.Sum(day => Locked(() => Remove(day.LastSeq)));
    }

    public void KeepPersonal(string id, string text, DateTimeOffset until) => Locked(() => Execute(
        "INSERT INTO personal VALUES ($id, $body, $until) ON CONFLICT (id) DO UPDATE SET body = excluded.body, until = excluded.until",
        ("$id", id), ("$body", text), ("$until", until.ToUnixTimeSeconds())));

    public string? FindPersonal(string id) => Locked(() => Rows("SELECT body FROM personal WHERE id = $id", row => row.GetString(0), ("$id", id)).FirstOrDefault());

    public bool ErasePersonal(string id) => Locked(() => Erase("id = $what", id) > 0);

    public int ErasePersonalBefore(DateTimeOffset now) => Locked(() => Erase("until <= $what", now.ToUnixTimeSeconds()));

    private long Remove(long last)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            long removed = Execute("DELETE FROM event WHERE seq <= $last AND seq NOT IN (SELECT seq FROM note) AND seq NOT IN (SELECT seq FROM ledger)", ("$last", last));
            Execute("DELETE FROM day WHERE seq <= $last", ("$last", last));
            Execute("COMMIT");
            return removed;
        }
        catch
        {
            // After some errors (a full disk among them) SQLite has rolled back by itself.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0) Execute("ROLLBACK");
            throw;
        }
    }

    // secure_delete overwrites the row; the checkpoint takes its older image out of the write-ahead log.
    private int Erase(string which, object what)
    {
        var erased = Execute($"DELETE FROM personal WHERE {which}", ("$what", what));
        if (erased > 0) Rows("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0));
        return erased;
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException failed)
            {
                throw Unavailable(failed);
            }
        }
    }

    private int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values) => _connection.Execute(sql, values);

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values) => _connection.Query(sql, read, values);
}
