using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiosk.Journal;

/// <summary>Makes a journal file, or looks whether one may be opened: first at its plain bytes, so that a refused file is left as it was.</summary>
internal static class JournalFile
{
    public const string Name = "hall.db";
    public const int Version = 3;

    private const int ApplicationId = 0x4B51_4A31; // "KQJ1"
    private const int VersionOffset = 60, ApplicationOffset = 68, HeaderSize = 100, PageSize = 1024;
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const long CheckedWhole = 32 << 20;

    public static SqliteConnection Open(string directory, TimeProvider time)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            if (!File.Exists(path)) Create(path, time);
            CheckHeader(path);
            return OpenChecked(path);
        }
        catch (SqliteException failed)
        {
            throw Refused(path, failed);
        }
        catch (Exception failed) when (failed is UnauthorizedAccessException || (failed is IOException && failed is not JournalRefusedException))
        {
            throw new JournalRefusedException($"The journal {path} cannot be opened ({failed.Message}): is the data directory writable and the disk not full?", failed);
        }
    }

    private static void Create(string path, TimeProvider time)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var connection = Connect(fresh))
        {
            Execute(connection, $"PRAGMA page_size={PageSize}; PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version};");
            Execute(connection, Schema("Schema.sql"));
            Execute(connection, Schema("Schema.2.sql"));
            Execute(connection, Schema("Schema.3.sql"));
            Execute(connection, $"INSERT INTO life VALUES ({Epoch(time.GetUtcNow())}, {time.GetUtcNow().ToUnixTimeMilliseconds() * 1000});");
        }

        // SQLite gives its log the rights of the file.
        File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var file = new FileStream(fresh, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        File.Move(fresh, path);
    }

    // Another number for each new journal of a hall, above those before it: what the store has of an earlier one is not taken for a repeat.
    // Minutes since 2026; 1 on a board whose clock has not been set.
    public static int Epoch(DateTimeOffset now) => Math.Max(1, (int)(now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMinutes);

    private static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.StartsWith("SQLite format 3\0"u8))
            {
                throw Damaged(path, "it does not begin as a database does");
            }
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[ApplicationOffset..]) != ApplicationId)
        {
            throw new JournalRefusedException($"{path} is a database of another program. It was not touched: choose another directory with --data.");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[VersionOffset..]) is var version && version > Version)
        {
            throw new JournalRefusedException($"The journal {path} was written by a newer version (format {version}, this program knows up to {Version}). It was not touched: install that version again.");
        }
    }

    private static SqliteConnection OpenChecked(string path)
    {
        var connection = Connect(path);
        try
        {
            // Until the file has been found good, closing it again must not write to it.
            CheckpointOnClose(connection, false);
            Execute(connection, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA query_only=ON;");
            if (new FileInfo(path).Length <= CheckedWhole && Scalar(connection, "PRAGMA quick_check(1)") as string is not "ok" and var found)
            {
                throw Damaged(path, found ?? "the check gave no answer");
            }

            Execute(connection, "PRAGMA query_only=OFF;");
            if (Scalar(connection, "PRAGMA journal_mode=WAL") as string != "wal") throw Damaged(path, "write-ahead logging cannot be switched on");
            Execute(connection, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA secure_delete=ON;");
            Upgrade(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Format 1 knew no staff, no kept reports and no personal data; format 2 no ledger. One transaction: a power cut leaves the old format or the new one.
    private static void Upgrade(SqliteConnection connection)
    {
        var found = (long)Scalar(connection, "PRAGMA user_version")!;
        if (found >= Version) return;

        Execute(connection, "BEGIN IMMEDIATE");
        for (var step = found + 1; step <= Version; step++) Execute(connection, Schema($"Schema.{step}.sql"));
        Execute(connection, $"PRAGMA user_version={Version}");
        Execute(connection, "COMMIT");
    }

    /// <summary>Whether the last close folds the write-ahead log into the file.</summary>
    public static void CheckpointOnClose(SqliteConnection connection, bool on)
    {
        if (raw.sqlite3_db_config(connection.Handle!, NoCheckpointOnClose, on ? 0 : 1, out _) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException("SQLite does not know NO_CKPT_ON_CLOSE.");
        }
    }

    public static JournalRefusedException Damaged(string path, string what, Exception? inner = null) => new(
        $"The journal {path} is damaged: {what}. It was not touched: copy the data directory to a safe place, then restore a backup or start with an empty directory (--data).", inner);

    private static JournalRefusedException Refused(string path, SqliteException failed) => failed.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path, failed.Message, failed),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new($"The journal {path} is open in another program: close it there first.", failed),
        _ => new($"The journal {path} cannot be opened ({failed.Message}): is the data directory writable and the disk not full?", failed),
    };

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1, Vfs = WalSync.Layered }.ToString());
        connection.Open();
        return connection;
    }

    private static string Schema(string name)
    {
        using var stream = typeof(JournalFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
