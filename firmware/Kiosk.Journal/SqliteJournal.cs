using Kiosk.Domain.Hall;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiosk.Journal;

/// <summary>The journal in one SQLite file: write-ahead log, synchronous=FULL, one exclusive connection for one process.</summary>
public sealed partial class SqliteJournal : IJournal, IArchive, IPersonalData
{
    /// <summary>Name of the file in its data directory.</summary>
    public const string FileName = JournalFile.Name;

    private readonly Lock _gate = new();
    private readonly DataDirectoryLock _lock;
    private readonly DiskReserve _reserve;
    private readonly SqliteConnection _connection;
    private readonly JournalStatements _statements;
    private readonly string _path;

    private SqliteJournal(string directory, DataDirectoryLock held, TimeProvider time)
    {
        _lock = held;
        _path = Path.Combine(directory, JournalFile.Name);
        _connection = JournalFile.Open(directory, time);
        try
        {
            _statements = new(_connection);
            (Epoch, LastSeq, DayStart, EarlierDayStart) = _statements.Position();
            Epoch = EpochOf(Epoch, time.GetUtcNow());
            _ledgerHead = _statements.LedgerHead();
            CheckToday();
            JournalFile.CheckpointOnClose(_connection, true);
            _reserve = new(directory);
            Tight = !_reserve.Take();
        }
        catch (SqliteException failed) when (failed.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            Abandon();
            throw JournalFile.Damaged(_path, failed.Message, failed);
        }
        catch (SqliteException failed)
        {
            Abandon();
            throw new JournalRefusedException($"The journal {_path} cannot be read ({failed.Message}): is its disk in order?", failed);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    // What is prepared keeps the file open beyond its connection.
    private void Abandon()
    {
        _statements?.Dispose();
        _connection.Dispose();
    }

    public int Epoch { get; }

    public long LastSeq { get; private set; }

    public long DayStart { get; private set; }

    public long EarlierDayStart { get; private set; }

    public bool Tight { get; private set; }

    /// <summary>Opens the journal of a data directory, making both where they do not exist.</summary>
    /// <exception cref="JournalRefusedException">In use, damaged, newer, not writable. The message says what to do; an existing file was not touched.</exception>
    public static SqliteJournal Open(string directory, string owner = "kioskctl", TimeProvider? time = null)
    {
        var held = DataDirectoryLock.Take(directory, owner);
        try
        {
            return new(directory, held, time ?? TimeProvider.System);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries)
    {
        lock (_gate)
        {
            var recorded = new Recorded[entries.Count];
            for (var n = 0; n < recorded.Length; n++)
            {
                var (at, fact, request, source, who) = entries[n];
                recorded[n] = new(Epoch, LastSeq + 1 + n, at, fact, request, source, who);
            }

            try
            {
                _ledgerHead = _statements.Append(recorded, _ledgerHead);
            }
            catch (SqliteException failed)
            {
                throw Unavailable(failed);
            }

            LastSeq += recorded.Length;
            foreach (var row in recorded)
            {
                if (row.Fact is HallEvent.DayOpened) (EarlierDayStart, DayStart) = (DayStart, row.Seq);
            }

            return recorded;
        }
    }

    public IReadOnlyList<Recorded> Read(long after, int limit)
    {
        lock (_gate)
        {
            try
            {
                return _statements.Read(Epoch, after, limit, _path);
            }
            catch (SqliteException failed)
            {
                throw Unavailable(failed);
            }
        }
    }

    public long Cursor(string name)
    {
        lock (_gate) return _statements.Cursor(name);
    }

    public void SaveCursor(string name, long seq)
    {
        lock (_gate)
        {
            try
            {
                _statements.SaveCursor(name, seq);
            }
            catch (SqliteException failed)
            {
                throw Unavailable(failed);
            }
        }
    }

    public bool Relieve()
    {
        lock (_gate)
        {
            Tight = true;
            return _reserve.Release();
        }
    }

    public void Settle()
    {
        lock (_gate)
        {
            if (_reserve.Take()) Tight = false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _statements.Dispose();
            _connection.Dispose();
            _lock.Dispose();
        }
    }

    // Reads what recovery will fold: a gap or a wrong checksum in today's events must not be found half-way through a start.
    private void CheckToday()
    {
        for (var after = Math.Max(0, DayStart - 1); after < LastSeq;)
        {
            var page = _statements.Read(Epoch, after, 1000, _path);
            foreach (var recorded in page)
            {
                if (recorded.Seq != ++after) throw JournalFile.Damaged(_path, $"event {after} of epoch {Epoch} is missing");
            }
        }
    }

    private JournalUnavailableException Unavailable(SqliteException failed) => failed.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(JournalTrouble.DiskFull, $"The disk of {_path} is full: free some space; nothing acknowledged is lost.", failed),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
            new(JournalTrouble.ReadOnly, $"{_path} cannot be written ({failed.Message}): is its disk mounted read-only? Nothing acknowledged is lost.", failed),
        _ => new(JournalTrouble.Broken, $"{_path} cannot be written or read ({failed.Message}); nothing acknowledged is lost.", failed),
    };
}
