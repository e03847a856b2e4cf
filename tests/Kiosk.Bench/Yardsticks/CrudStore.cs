using Kiosk.Journal;
using Microsoft.Data.Sqlite;

namespace Kiosk.Bench.Yardsticks;

/// <summary>A queue as most systems keep it: four tables in SQLite, rows that are updated as a ticket goes along, and a log of what was done, each step in a transaction.</summary>
internal sealed class CrudStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL, letter TEXT NOT NULL, last_number INTEGER NOT NULL);
        CREATE TABLE counter (id INTEGER PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, ticket_id INTEGER);
        CREATE TABLE ticket (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, service_id INTEGER NOT NULL REFERENCES service (id), counter_id INTEGER REFERENCES counter (id),
            status TEXT NOT NULL, created_at TEXT NOT NULL, printed_at TEXT, called_at TEXT, started_at TEXT, finished_at TEXT);
        CREATE INDEX ticket_waiting ON ticket (service_id, status, created_at);
        CREATE INDEX ticket_status ON ticket (status);
        CREATE INDEX ticket_counter ON ticket (counter_id);
        CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, ticket_id INTEGER NOT NULL REFERENCES ticket (id), action TEXT NOT NULL, at TEXT NOT NULL, who TEXT);
        CREATE INDEX log_ticket ON log (ticket_id);
        CREATE INDEX log_at ON log (at);
        INSERT INTO service VALUES (1, 'Bill payment', 'A', 0);
        INSERT INTO counter VALUES (1, 'Counter 1', 'open', NULL);
        """;

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    /// <param name="mode">SQLite's journal mode: <c>DELETE</c> is its default.</param>
    public CrudStore(string directory, string mode, TimeProvider time)
    {
        _time = time;
        _connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "queue.db"), Pooling = false }.ToString());
        _connection.Open();
        if (!string.Equals(_connection.Query($"PRAGMA journal_mode={mode}", row => row.GetString(0))[0], mode, StringComparison.OrdinalIgnoreCase)) throw new InvalidOperationException($"SQLite has no journal mode {mode}.");
        _connection.Execute("PRAGMA synchronous=FULL");
        _connection.Execute(Schema);
    }

    private string Now => _time.GetUtcNow().ToString("O");

    public long Take() => InOne("issued", () =>
    {
        _connection.Execute("UPDATE service SET last_number = last_number + 1 WHERE id = 1");
        _connection.Execute("INSERT INTO ticket (number, service_id, status, created_at) SELECT letter || printf('%03d', last_number), id, 'waiting', $now FROM service WHERE id = 1", ("$now", Now));
        return _connection.Query("SELECT last_insert_rowid()", row => row.GetInt64(0))[0];
    });

    public void Printed(long ticket) => Step(ticket, "printed", "UPDATE ticket SET printed_at = $now WHERE id = $id");

    public long Call()
    {
        var next = _connection.Query("SELECT id FROM ticket WHERE service_id = 1 AND status = 'waiting' ORDER BY created_at LIMIT 1", row => row.GetInt64(0))[0];
        Step(next, "called", "UPDATE ticket SET status = 'called', counter_id = 1, called_at = $now WHERE id = $id", "UPDATE counter SET status = 'calling', ticket_id = $id WHERE id = 1");
        return next;
    }

    public void Begin(long ticket) => Step(ticket, "begun", "UPDATE ticket SET status = 'serving', started_at = $now WHERE id = $id", "UPDATE counter SET status = 'serving' WHERE id = 1");

    public void Finish(long ticket) => Step(ticket, "finished", "UPDATE ticket SET status = 'finished', finished_at = $now WHERE id = $id", "UPDATE counter SET status = 'open', ticket_id = NULL WHERE id = 1");

    public long Finished() => _connection.Query("SELECT COUNT(*) FROM ticket WHERE status = 'finished'", row => row.GetInt64(0))[0];

    public void Dispose() => _connection.Dispose();

    private void Step(long ticket, string action, params string[] statements) => InOne(action, () =>
    {
        foreach (var statement in statements)
        {
            if (_connection.Execute(statement, [.. Named(statement, ticket)]) != 1) throw new InvalidOperationException($"{action} changed nothing.");
        }

        return ticket;
    });

    private IEnumerable<(string Name, object Value)> Named(string statement, long ticket)
    {
        if (statement.Contains("$now", StringComparison.Ordinal)) yield return ("$now", Now);
        if (statement.Contains("$id", StringComparison.Ordinal)) yield return ("$id", ticket);
    }

    private long InOne(string action, Func<long> work)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        var ticket = work();
        _connection.Execute("INSERT INTO log (ticket_id, action, at, who) VALUES ($id, $action, $now, 'clerk')", ("$id", ticket), ("$action", action), ("$now", Now));
        _connection.Execute("COMMIT");
        return ticket;
    }
}
