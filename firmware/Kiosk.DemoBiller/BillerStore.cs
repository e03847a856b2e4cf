using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Kiosk.DemoBiller;

/// <param name="Account">Keyed hash: the same account has the same one in one store.</param>
internal sealed record StoredBill(string Account, string LastFour, Nature Nature, DateTimeOffset At);

/// <param name="Body">As it came; null for a key that was cancelled before it came.</param>
internal sealed record NewPosting(string Biller, string Key, string? Body, string State, string? Reason, StoredBill? Bill, long Amount, string? Terminal, int? Period);

/// <summary>A SQLite file that is on the disk before an answer leaves. One at a time: callers hold <see cref="Gate"/>.</summary>
internal sealed class BillerStore : IDisposable
{
    private const string Columns = "number, biller, key, state, reason, last_four, amount, terminal, period";

    private readonly SqliteConnection _connection;
    private readonly byte[] _seal;

    public BillerStore(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "biller.db");
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        _connection.Open();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Run("PRAGMA journal_mode=WAL");
        Run("PRAGMA synchronous=FULL");
        Run(Schema());
        Run("INSERT INTO seal SELECT $secret WHERE NOT EXISTS (SELECT 1 FROM seal)", ("$secret", RandomNumberGenerator.GetBytes(32)));
        _seal = Rows("SELECT secret FROM seal", row => row.GetFieldValue<byte[]>(0)).Single();
    }

    public Lock Gate { get; } = new();

    public string Seal(string biller, string account) => Convert.ToHexStringLower(HMACSHA256.HashData(_seal, Encoding.UTF8.GetBytes($"{biller}:{account}")).AsSpan(0, 16));

    public void Add(string reference, string biller, StoredBill bill) => Run(
        "INSERT INTO bill VALUES ($reference, $biller, $account, $lastFour, $nature, $at)",
        ("$reference", reference), ("$biller", biller), ("$account", bill.Account), ("$lastFour", bill.LastFour), ("$nature", bill.Nature.ToString()), ("$at", bill.At.ToUnixTimeSeconds()));

    public StoredBill? Bill(string biller, string reference) => Rows(
        "SELECT account, last_four, nature, at FROM bill WHERE reference = $reference AND biller = $biller",
        row => new StoredBill(row.GetString(0), row.GetString(1), Enum.Parse<Nature>(row.GetString(2)), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3))),
        ("$reference", reference), ("$biller", biller)).SingleOrDefault();

    /// <summary>References that nobody can pay any more.</summary>
    public void Forget(DateTimeOffset before) => Run("DELETE FROM bill WHERE at < $before", ("$before", before.ToUnixTimeSeconds()));

    public long Paid(string biller, string account) => Whole(
        "SELECT coalesce(sum(amount), 0) FROM posting WHERE biller = $biller AND account = $account AND state = 'confirmed'", ("$biller", biller), ("$account", account));

    public bool HasRefused(string biller, string account, string reason) => Whole(
        "SELECT count(*) FROM posting WHERE biller = $biller AND account = $account AND reason = $reason", ("$biller", biller), ("$account", account), ("$reason", reason)) > 0;

    public void Add(NewPosting posting, DateTimeOffset at) => Run(
        "INSERT INTO posting (biller, key, body, state, reason, account, last_four, amount, terminal, period, at) VALUES ($biller, $key, $body, $state, $reason, $account, $lastFour, $amount, $terminal, $period, $at)",
        ("$biller", posting.Biller), ("$key", posting.Key), ("$body", posting.Body), ("$state", posting.State), ("$reason", posting.Reason), ("$account", posting.Bill?.Account),
        ("$lastFour", posting.Bill?.LastFour), ("$amount", posting.Amount), ("$terminal", posting.Terminal), ("$period", posting.Period), ("$at", at.ToUnixTimeSeconds()));

    public void Cancel(string biller, string key) => Run(
        "UPDATE posting SET state = 'cancelled', reason = 'cancelled' WHERE biller = $biller AND key = $key", ("$biller", biller), ("$key", key));

    /// <summary>The posting and the body it came with.</summary>
    public (BookedPosting Posting, string? Body)? Find(string biller, string key) => Rows(
        $"SELECT {Columns}, body FROM posting WHERE biller = $biller AND key = $key",
        row => ((BookedPosting, string?)?)(Booked(row), row.IsDBNull(9) ? null : row.GetString(9)),
        ("$biller", biller), ("$key", key)).SingleOrDefault();

    public List<BookedPosting> All(string? biller) => Rows(
        $"SELECT {Columns} FROM posting WHERE $biller IS NULL OR biller = $biller ORDER BY number", Booked, ("$biller", biller));

    public (long Count, long Total) Statement(string biller, string terminal, int period) => Rows(
        "SELECT count(*), coalesce(sum(amount), 0) FROM posting WHERE biller = $biller AND terminal = $terminal AND period = $period AND state = 'confirmed'",
        row => (row.GetInt64(0), row.GetInt64(1)),
        ("$biller", biller), ("$terminal", terminal), ("$period", period)).Single();

    public void Dispose() => _connection.Dispose();

    private static BookedPosting Booked(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5), row.GetInt64(6), Text(row, 7), row.IsDBNull(8) ? null : row.GetInt32(8));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private long Whole(string sql, params (string, object?)[] values) => Rows(sql, row => row.GetInt64(0), values).Single();

    private void Run(string sql, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this file and its schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private static string Schema()
    {
        using var stream = typeof(BillerStore).Assembly.GetManifestResourceStream("BillerStore.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
