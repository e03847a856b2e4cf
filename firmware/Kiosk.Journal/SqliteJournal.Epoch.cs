namespace Kiosk.Journal;

/// <summary>Epochs of one file, and how far back it is whole.</summary>
public sealed partial class SqliteJournal
{
    /// <summary>Names of cursors: the seq that others have beyond ours; and the place from which this epoch goes on.</summary>
    private const string Superseded = "superseded", FromEpoch = "from-epoch", FromSeq = "from-seq";

    public long CompleteFrom => Locked(() =>
    {
        // Only days are pruned, and what is left of one are notes and ledger entries.
        var first = Rows("SELECT COALESCE(MIN(seq), 1) FROM day", row => row.GetInt64(0))[0];
        var before = Rows("SELECT COUNT(*) FROM event WHERE seq < $first", row => row.GetInt64(0), ("$first", first))[0];
        return before == first - 1 ? 1 : first;
    });

    public JournalPlace? ContinuedFrom => Cursor(FromEpoch) is var epoch and > 0 ? new((int)epoch, Cursor(FromSeq)) : null;

    public void Supersede(long seq) => SaveCursor(Superseded, seq);

    /// <summary>Where <see cref="Supersede"/> asked for it: every event keeps its seq and has a new epoch, and readers begin anew.</summary>
    private int EpochOf(int epoch, DateTimeOffset now)
    {
        if (_statements.Cursor(Superseded) is not (> 0 and var lost)) return epoch;

        var next = Math.Max(epoch + 1, JournalFile.Epoch(now));
        Execute("BEGIN IMMEDIATE");
        try
        {
            Execute("UPDATE life SET epoch = $next", ("$next", next));
            Execute("DELETE FROM cursor WHERE name LIKE 'mqtt-%' OR name = $name", ("$name", Superseded));
            _statements.SaveCursor(FromEpoch, epoch);
            _statements.SaveCursor(FromSeq, lost);
            Execute("COMMIT");
            return next;
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0) Execute("ROLLBACK");
            throw;
        }
    }
}
