using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kiosk.Provisioning.Store;

/// <summary>The tables of <c>Store.sql</c>, statement by statement.</summary>
internal sealed class StoreRows : IDisposable
{
    private const string Columns = "epoch, seq, at, type, body";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _add, _body, _read, _day, _outline;

    public StoreRows(SqliteConnection connection)
    {
        _connection = connection;
        _add = Prepare("INSERT INTO event VALUES ($hall, $epoch, $seq, $at, $type, $body)", "$hall", "$epoch", "$seq", "$at", "$type", "$body");
        _body = Prepare("SELECT body FROM event WHERE hall = $hall AND epoch = $epoch AND seq = $seq", "$hall", "$epoch", "$seq");
        _read = Prepare(
            $"SELECT {Columns} FROM event WHERE hall = $hall AND (epoch, seq) > ($epoch, $seq) AND (epoch, seq) <= ($lastEpoch, $lastSeq) ORDER BY epoch, seq LIMIT $limit",
            "$hall", "$epoch", "$seq", "$lastEpoch", "$lastSeq", "$limit");
        _day = Prepare(
            "SELECT seq FROM event WHERE type = 'day-opened' AND hall = $hall AND epoch = $epoch AND seq <= $seq ORDER BY seq DESC LIMIT 1", "$hall", "$epoch", "$seq");
        _outline = Prepare(
            $"SELECT {Columns} FROM event WHERE type = 'hall-described' AND hall = $hall AND (epoch, seq) <= ($epoch, $seq) ORDER BY epoch DESC, seq DESC LIMIT 1", "$hall", "$epoch", "$seq");
    }

    /// <summary>The last event that the copy has of a hall.</summary>
    public CopyPlace Place(string hall) => Query(
        "SELECT epoch, seq FROM event WHERE hall = $hall ORDER BY epoch DESC, seq DESC LIMIT 1", row => new CopyPlace(row.GetInt32(0), row.GetInt64(1)), ("$hall", hall)).FirstOrDefault();

    public IReadOnlyList<string> Halls() => Query("SELECT DISTINCT hall FROM event ORDER BY hall", row => row.GetString(0));

    public long Count(string hall) => Query("SELECT count(*) FROM event WHERE hall = $hall", row => row.GetInt64(0), ("$hall", hall))[0];

    public void Add(string hall, CopyEvent one)
    {
        Set(_add, hall, one.Place.Epoch, one.Place.Seq, one.At.ToString("O", CultureInfo.InvariantCulture), one.Type, one.Body);
        _add.ExecuteNonQuery();
    }

    /// <returns>Null where the copy does not have it.</returns>
    public byte[]? Body(string hall, CopyPlace place)
    {
        Set(_body, hall, place.Epoch, place.Seq);
        return _body.ExecuteScalar() as byte[];
    }

    /// <summary>Events behind <paramref name="after"/> up to <paramref name="last"/>, in order.</summary>
    public IReadOnlyList<CopyEvent> Read(string hall, CopyPlace after, CopyPlace last, int limit)
    {
        Set(_read, hall, after.Epoch, after.Seq, last.Epoch, last.Seq, limit);
        return List(_read, Event);
    }

    /// <summary>Where the business day of that place began, within its epoch; null where no such event is there.</summary>
    public long? DayStart(string hall, CopyPlace at)
    {
        Set(_day, hall, at.Epoch, at.Seq);
        return _day.ExecuteScalar() as long?;
    }

    /// <summary>The latest <c>hall-described</c> as of that place, of this epoch or an earlier one.</summary>
    public CopyEvent? Outline(string hall, CopyPlace at)
    {
        Set(_outline, hall, at.Epoch, at.Seq);
        return List(_outline, Event).FirstOrDefault();
    }

    public IReadOnlyList<MissingRange> Missing(string hall) => Query(
        "SELECT epoch, first, last FROM missing WHERE hall = $hall ORDER BY epoch, first", row => new MissingRange(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)), ("$hall", hall));

    public void Miss(string hall, MissingRange range) => Execute(
        "INSERT INTO missing VALUES ($hall, $epoch, $first, $last)", ("$hall", hall), ("$epoch", range.Epoch), ("$first", range.First), ("$last", range.Last));

    /// <summary>An event of a missing range came after all.</summary>
    public void Found(string hall, CopyPlace place)
    {
        foreach (var range in Missing(hall).Where(range => range.Epoch == place.Epoch && range.First <= place.Seq && place.Seq <= range.Last))
        {
            Execute("DELETE FROM missing WHERE hall = $hall AND epoch = $epoch AND first = $first", ("$hall", hall), ("$epoch", range.Epoch), ("$first", range.First));
            if (range.First < place.Seq) Miss(hall, range with { Last = place.Seq - 1 });
            if (place.Seq < range.Last) Miss(hall, range with { First = place.Seq + 1 });
        }
    }

    /// <summary>The last place that somebody had of the epoch before, as the hall said.</summary>
    public CopyPlace? From(string hall, int epoch) => Query(
        "SELECT from_epoch, from_seq FROM continuation WHERE hall = $hall AND epoch = $epoch",
        row => (CopyPlace?)new CopyPlace(row.GetInt32(0), row.GetInt64(1)), ("$hall", hall), ("$epoch", epoch)).FirstOrDefault();

    public void Continue(string hall, int epoch, CopyPlace from) => Execute(
        "INSERT OR REPLACE INTO continuation VALUES ($hall, $epoch, $fromEpoch, $fromSeq)", ("$hall", hall), ("$epoch", epoch), ("$fromEpoch", from.Epoch), ("$fromSeq", from.Seq));

    public void Contradict(string hall, CopyEvent other) => Execute(
        "INSERT OR IGNORE INTO contradiction VALUES ($hall, $epoch, $seq, $body)", ("$hall", hall), ("$epoch", other.Place.Epoch), ("$seq", other.Place.Seq), ("$body", other.Body));

    public long Contradictions(string hall) => Query("SELECT count(*) FROM contradiction WHERE hall = $hall", row => row.GetInt64(0), ("$hall", hall))[0];

    public void Dispose()
    {
        foreach (var command in new[] { _add, _body, _read, _day, _outline }) command.Dispose();
    }

    private static CopyEvent Event(SqliteDataReader row) =>
        new(new(row.GetInt32(0), row.GetInt64(1)), DateTimeOffset.ParseExact(row.GetString(2), "O", CultureInfo.InvariantCulture), row.GetString(3), row.GetFieldValue<byte[]>(4));

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n];
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        return List(command, read);
    }

    private static List<T> List<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
