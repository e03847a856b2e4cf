using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiosk.Provisioning.Store;

/// <summary>The copy's SQLite file: write-ahead log, synchronous=FULL, one writer; others may read it meanwhile. Not thread safe.</summary>
internal sealed class StoreFile : IDisposable
{
    private const int ApplicationId = 0x4B51_5331; // "KQS1"
    private const int Version = 1;
    private const int WouldBlock = 11; // EWOULDBLOCK of flock, as .NET passes it on.

    private readonly SqliteConnection _connection;
    private readonly FileStream? _lock;

    private StoreFile(string path, SqliteConnection connection, FileStream? held)
    {
        (Path, _connection, _lock) = (path, connection, held);
        Rows = new(connection);
    }

    public string Path { get; }

    public StoreRows Rows { get; }

    /// <summary>Opens the file for its only writer, making it where there is none.</summary>
    /// <exception cref="Trouble">In use, of another program, newer, damaged, or not to be written.</exception>
    public static StoreFile Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var held = Hold(path);
        try
        {
            return new(path, Opened(path, SqliteOpenMode.ReadWriteCreate), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Only to look, also while another process writes.</summary>
    /// <exception cref="Trouble">There is none, or it cannot be read.</exception>
    public static StoreFile OpenToRead(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        return File.Exists(path)
            ? new(path, Opened(path, SqliteOpenMode.ReadOnly), null)
            : throw new Trouble(ExitCode.NoInput, $"There is no copy in {path}: make one with kioskctl store watch, or name its file with --db FILE.");
    }

    /// <summary>All of it or nothing, durable when it returns.</summary>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    public void Write(Action work)
    {
        Execute(_connection, "BEGIN IMMEDIATE");
        try
        {
            work();
            Execute(_connection, "COMMIT");
        }
        catch
        {
            // After some errors (a full disk among them) SQLite has rolled back by itself.
            if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0) Execute(_connection, "ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        Rows.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

    private static FileStream Hold(string path)
    {
        try
        {
            // What happens in a hall is for its own people only.
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new Trouble(ExitCode.NoPermission, $"{path} cannot be written by this user: name another file with --db FILE.", denied);
        }
        catch (IOException failed) when (failed.HResult == WouldBlock)
        {
            throw new Trouble(ExitCode.Unavailable, $"{path} is in use by another kioskctl store: stop that one first, or name another file with --db FILE.", failed);
        }
        catch (IOException failed)
        {
            throw new Trouble(ExitCode.NoInput, $"{path} cannot be used ({failed.Message}): is the disk full or mounted read-only? Name another file with --db FILE.", failed);
        }
    }

    private static SqliteConnection Opened(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            if (mode != SqliteOpenMode.ReadOnly) Make(connection, path);
            if (Number(connection, "PRAGMA application_id") != ApplicationId)
                throw new Trouble(ExitCode.NoInput, $"{path} is a database of another program. It was not touched: name another file with --db FILE.");
            if (Number(connection, "PRAGMA user_version") is var version && version > Version)
                throw new Trouble(ExitCode.NoInput, $"{path} was written by a newer version (format {version}, this program knows up to {Version}). It was not touched: use that version again.");
            if (mode != SqliteOpenMode.ReadOnly) Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            return connection;
        }
        catch (SqliteException failed)
        {
            connection.Dispose();
            throw Unusable(path, failed);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Whole or not at all: a file without tables is an empty one, and is made again.
    private static void Make(SqliteConnection connection, string path)
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_schema") > 0) return;

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var stream = typeof(StoreFile).Assembly.GetManifestResourceStream("store/Store.sql")!;
        using var reader = new StreamReader(stream);
        Execute(connection, $"BEGIN IMMEDIATE; PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; {reader.ReadToEnd()} COMMIT;");
    }

    internal static Trouble Unusable(string path, SqliteException failed) => failed.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new(ExitCode.NoInput, $"{path} is damaged ({failed.Message}): move it away; the hall says everything again that it still has.", failed),
        raw.SQLITE_FULL => new(ExitCode.NoInput, $"The disk of {path} is full: free some space; nothing acknowledged is lost.", failed),
        _ => new(ExitCode.NoInput, $"{path} cannot be read or written ({failed.Message}): is its disk in order, and are its rights right?", failed),
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
