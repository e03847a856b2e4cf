using System.Numerics;
using System.Text;
using Kiosk.Domain.Hall;
using Microsoft.Data.Sqlite;

namespace Kiosk.Journal;

/// <summary>The few statements of the journal, prepared once.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly HotStatement _begin, _commit, _append;
    private readonly SqliteCommand _rollback, _note, _ledger, _day, _read, _readNotes, _readLedger, _links, _cursor, _saveCursor;

    public JournalStatements(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
        _append = new(connection, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        _note = connection.Prepare("INSERT INTO note VALUES ($seq)", "$seq");
        _ledger = connection.Prepare("INSERT INTO ledger VALUES ($seq, $hash, $closes)", "$seq", "$hash", "$closes");
        _day = connection.Prepare("INSERT INTO day VALUES ($seq, $day)", "$seq", "$day");
        _read = connection.Prepare("SELECT seq, at, type, body, request, source, sum, who FROM event WHERE seq > $after ORDER BY seq LIMIT $limit", "$after", "$limit");
        _readNotes = connection.Prepare(
            "SELECT seq, at, type, body, request, source, sum, who FROM note JOIN event USING (seq) WHERE seq > $after ORDER BY seq LIMIT $limit", "$after", "$limit");
        _readLedger = connection.Prepare(
            "SELECT seq, at, type, body, request, source, sum, who FROM ledger LEFT JOIN event USING (seq) WHERE seq > $after ORDER BY seq LIMIT $limit", "$after", "$limit");
        _links = connection.Prepare(
            "SELECT seq, hash, closes, at, type, body, request, source, who, sum FROM ledger LEFT JOIN event USING (seq) WHERE seq > $after ORDER BY seq LIMIT $limit", "$after", "$limit");
        _cursor = connection.Prepare("SELECT seq FROM cursor WHERE name = $name", "$name");
        _saveCursor = connection.Prepare("INSERT INTO cursor VALUES ($name, $seq) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq", "$name", "$seq");
    }

    /// <summary>Epoch, seq of the last event, seq of the first event of the latest day and of the one before.</summary>
    public (int Epoch, long LastSeq, long DayStart, long EarlierDayStart) Position()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT (SELECT epoch FROM life), (SELECT max(seq) FROM event), (SELECT max(seq) FROM day), (SELECT seq FROM day ORDER BY seq DESC LIMIT 1 OFFSET 1)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt32(0), row.IsDBNull(1) ? 0 : row.GetInt64(1), row.IsDBNull(2) ? 0 : row.GetInt64(2), row.IsDBNull(3) ? 0 : row.GetInt64(3));
    }

    /// <param name="head">Hash of the ledger's last entry.</param>
    /// <returns>The same behind these rows.</returns>
    public byte[] Append(IReadOnlyList<Recorded> rows, byte[] head)
    {
        _begin.Run();
        try
        {
            foreach (var row in rows) head = Insert(row, head);
            _commit.Run();
            return head;
        }
        catch
        {
            // SQLite has rolled back by itself after some errors (a full disk among them) and not after others.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0) _rollback.ExecuteNonQuery();
            throw;
        }
    }

    public IReadOnlyList<Recorded> Read(int epoch, long after, int limit, string path) => Read(_read, epoch, after, limit, path);

    public IReadOnlyList<Recorded> ReadNotes(int epoch, long after, int limit, string path) => Read(_readNotes, epoch, after, limit, path);

    public IReadOnlyList<Recorded> ReadLedger(int epoch, long after, int limit, string path) => Read(_readLedger, epoch, after, limit, path);

    public byte[] LedgerHead()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1";
        return command.ExecuteScalar() as byte[] ?? LedgerChain.Origin;
    }

    /// <summary>Links of the ledger's chain as they stand in the file, in order; nothing of them is believed here.</summary>
    public List<ChainLink> Links(long after, int limit)
    {
        _links.Set(after, limit);
        using var row = _links.ExecuteReader();
        var page = new List<ChainLink>();
        while (row.Read())
        {
            var (seq, hash, closes) = (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2) != 0);
            if (row.IsDBNull(3))
            {
                page.Add(new(seq, hash, closes, true, 0, "", [], null, "", null, false));
                continue;
            }

            var (at, type, body) = (row.GetInt64(3), row.GetString(4), row.GetFieldValue<byte[]>(5));
            var (request, source, who) = (row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8));
            page.Add(new(seq, hash, closes, false, at, type, body, request, source, who, row.GetInt64(9) == Sum(seq, at, type, body, request, source, who)));
        }

        return page;
    }

    private static List<Recorded> Read(SqliteCommand read, int epoch, long after, int limit, string path)
    {
        read.Set(after, limit);
        using var row = read.ExecuteReader();
        var page = new List<Recorded>();
        while (row.Read())
        {
            // Money must not be left out of a sum because its entry is gone.
            if (row.IsDBNull(1)) throw JournalFile.Damaged(path, $"entry {row.GetInt64(0)} of the ledger is missing");
            var (seq, at, type, body) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<byte[]>(3));
            var (request, source, who) = (row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), row.IsDBNull(7) ? null : row.GetString(7));
            if (row.GetInt64(6) != Sum(seq, at, type, body, request, source, who)) throw JournalFile.Damaged(path, $"the checksum of event {seq} is wrong");

            page.Add(new(epoch, seq, DateTimeOffset.UnixEpoch.AddMicroseconds(at), EventCodec.Decode(type, body), request, source, who));
        }

        return page;
    }

    public long Cursor(string name)
    {
        _cursor.Set(name);
        return _cursor.ExecuteScalar() is long seq ? seq : 0;
    }

    public void SaveCursor(string name, long seq)
    {
        _saveCursor.Set(name, seq);
        _saveCursor.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in new IDisposable[] { _begin, _commit, _rollback, _append, _note, _ledger, _day, _read, _readNotes, _readLedger, _links, _cursor, _saveCursor }) command.Dispose();
    }

    private byte[] Insert(Recorded row, byte[] head)
    {
        var at = (row.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var (type, body) = (EventCodec.TypeOf(row.Fact), EventCodec.Encode(row.Fact));
        _append.Bind(1, row.Seq).Bind(2, at).Bind(3, type).Bind(4, body).Bind(5, row.Request).Bind(6, row.Source)
            .Bind(7, Sum(row.Seq, at, type, body, row.Request, row.Source, row.Who)).Bind(8, row.Who).Run();
        if (row.Fact is HallEvent.Note)
        {
            _note.Set(row.Seq);
            _note.ExecuteNonQuery();
        }

        if (row.Fact is HallEvent.LedgerEntry)
        {
            head = LedgerChain.Next(head, row.Seq, at, type, body, row.Request, row.Source, row.Who);
            _ledger.Set(row.Seq, head, row.Fact is HallEvent.PeriodClosed ? 1 : 0);
            _ledger.ExecuteNonQuery();
        }

        if (row.Fact is HallEvent.DayOpened opened)
        {
            _day.Set(row.Seq, opened.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            _day.ExecuteNonQuery();
        }

        return head;
    }

    // SQLite does not check its pages: a flipped bit inside a body would otherwise be believed.
    private static long Sum(long seq, long at, string type, ReadOnlySpan<byte> body, string? request, string source, string? who)
    {
        var sum = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)seq), (ulong)at);
        sum = Sum(sum, Encoding.UTF8.GetBytes(type));
        sum = Sum(sum, body);
        sum = Sum(sum, Encoding.UTF8.GetBytes(request ?? ""));
        sum = Sum(sum, Encoding.UTF8.GetBytes(source));

        // Rows of format 1 have none, and keep their checksum.
        return who is null ? sum : Sum(sum, Encoding.UTF8.GetBytes(who));
    }

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) sum = BitOperations.Crc32C(sum, value);
        return BitOperations.Crc32C(sum, (uint)bytes.Length);
    }
}

/// <summary>One entry of the ledger with its hash.</summary>
/// <param name="Closes">It is marked as one that closes a period.</param>
/// <param name="Missing">The chain has it, the events have not.</param>
/// <param name="SumAgrees">The checksum beside the event is right.</param>
internal readonly record struct ChainLink(
    long Seq, byte[] Hash, bool Closes, bool Missing, long At, string Type, byte[] Body, string? Request, string Source, string? Who, bool SumAgrees);
