using System.Globalization;
using Kiosk.Journal;
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
        _add = connection.Prepare("INSERT INTO event VALUES ($hall, $epoch, $seq, $at, $type, $body)", "$hall", "$epoch", "$seq", "$at", "$type", "$body");
        _body = connection.Prepare("SELECT body FROM event WHERE hall = $hall AND epoch = $epoch AND seq = $seq", "$hall", "$epoch", "$seq");
        _read = connection.Prepare(
            $"SELECT {Columns} FROM event WHERE hall = $hall AND (epoch, seq) > ($epoch, $seq) AND (epoch, seq) <= ($lastEpoch, $lastSeq) ORDER BY epoch, seq LIMIT $limit",
            "$hall", "$epoch", "$seq", "$lastEpoch", "$lastSeq", "$limit");
        _day = connection.Prepare(
            "SELECT seq FROM event WHERE type = 'day-opened' AND hall = $hall AND epoch = $epoch AND seq <= $seq ORDER BY seq DESC LIMIT 1", "$hall", "$epoch", "$seq");
        _outline = connection.Prepare(
            $"SELECT {Columns} FROM event WHERE type = 'hall-described' AND hall = $hall AND (epoch, seq) <= ($epoch, $seq) ORDER BY epoch DESC, seq DESC LIMIT 1", "$hall", "$epoch", "$seq");
    }

    /// <summary>The last event that the copy has of a hall.</summary>
    public CopyPlace Place(string hall) => _connection.Query(
        "SELECT epoch, seq FROM event WHERE hall = $hall ORDER BY epoch DESC, seq DESC LIMIT 1", row => new CopyPlace(row.GetInt32(0), row.GetInt64(1)), ("$hall", hall)).FirstOrDefault();

    public IReadOnlyList<string> Halls() => _connection.Query("SELECT DISTINCT hall FROM event ORDER BY hall", row => row.GetString(0));

    public long Count(string hall) => _connection.Query("SELECT count(*) FROM event WHERE hall = $hall", row => row.GetInt64(0), ("$hall", hall))[0];

    public void Add(string hall, CopyEvent one)
    {
        _add.Set(hall, one.Place.Epoch, one.Place.Seq, one.At.ToString("O", CultureInfo.InvariantCulture), one.Type, one.Body);
        _add.ExecuteNonQuery();
    }

    /// <returns>Null where the copy does not have it.</returns>
    public byte[]? Body(string hall, CopyPlace place)
    {
        _body.Set(hall, place.Epoch, place.Seq);
        return _body.ExecuteScalar() as byte[];
    }

    /// <summary>Events behind <paramref name="after"/> up to <paramref name="last"/>, in order.</summary>
    public IReadOnlyList<CopyEvent> Read(string hall, CopyPlace after, CopyPlace last, int limit)
    {
        _read.Set(hall, after.Epoch, after.Seq, last.Epoch, last.Seq, limit);
        return _read.List(Event);
    }

    /// <summary>Where the business day of that place began, within its epoch; null where no such event is there.</summary>
    public long? DayStart(string hall, CopyPlace at)
    {
        _day.Set(hall, at.Epoch, at.Seq);
        return _day.ExecuteScalar() as long?;
    }

    /// <summary>The latest <c>hall-described</c> as of that place, of this epoch or an earlier one.</summary>
    public CopyEvent? Outline(string hall, CopyPlace at)
    {
        _outline.Set(hall, at.Epoch, at.Seq);
        return _outline.List(Event).FirstOrDefault();
    }

    public IReadOnlyList<MissingRange> Missing(string hall) => _connection.Query(
        "SELECT epoch, first, last FROM missing WHERE hall = $hall ORDER BY epoch, first", row => new MissingRange(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)), ("$hall", hall));

    public void Miss(string hall, MissingRange range) => _connection.Execute(
        "INSERT INTO missing VALUES ($hall, $epoch, $first, $last)", ("$hall", hall), ("$epoch", range.Epoch), ("$first", range.First), ("$last", range.Last));

    /// <summary>An event of a missing range came after all.</summary>
    public void Found(string hall, CopyPlace place)
    {
        foreach (var range in Missing(hall).Where(range => range.Epoch == place.Epoch && range.First <= place.Seq && place.Seq <= range.Last))
        {
            _connection.Execute("DELETE FROM missing WHERE hall = $hall AND epoch = $epoch AND first = $first", ("$hall", hall), ("$epoch", range.Epoch), ("$first", range.First));
            if (range.First < place.Seq) Miss(hall, range with { Last = place.Seq - 1 });
            if (place.Seq < range.Last) Miss(hall, range with { First = place.Seq + 1 });
        }
    }

    /// <summary>The last place that somebody had of the epoch before, as the hall said.</summary>
    public CopyPlace? From(string hall, int epoch) => _connection.Query(
        "SELECT from_epoch, from_seq FROM continuation WHERE hall = $hall AND epoch = $epoch",
        row => (CopyPlace?)new CopyPlace(row.GetInt32(0), row.GetInt64(1)), ("$hall", hall), ("$epoch", epoch)).FirstOrDefault();

    public void Continue(string hall, int epoch, CopyPlace from) => _connection.Execute(
        "INSERT OR REPLACE INTO continuation VALUES ($hall, $epoch, $fromEpoch, $fromSeq)", ("$hall", hall), ("$epoch", epoch), ("$fromEpoch", from.Epoch), ("$fromSeq", from.Seq));

    public void Contradict(string hall, CopyEvent other) => _connection.Execute(
        "INSERT OR IGNORE INTO contradiction VALUES ($hall, $epoch, $seq, $body)", ("$hall", hall), ("$epoch", other.Place.Epoch), ("$seq", other.Place.Seq), ("$body", other.Body));

    public long Contradictions(string hall) => _connection.Query("SELECT count(*) FROM contradiction WHERE hall = $hall", row => row.GetInt64(0), ("$hall", hall))[0];

    public void Dispose()
    {
        foreach (var command in new[] { _add, _body, _read, _day, _outline }) command.Dispose();
    }

    private static CopyEvent Event(SqliteDataReader row) =>
        new(new(row.GetInt32(0), row.GetInt64(1)), DateTimeOffset.ParseExact(row.GetString(2), "O", CultureInfo.InvariantCulture), row.GetString(3), row.GetFieldValue<byte[]>(4));
}
