namespace Kiosk.Provisioning.Replay;

/// <summary>What must be known of a log before it is replayed.</summary>
/// <param name="OneLine">Agents come and go one by one: a hall is one line. Else each of its services is.</param>
/// <param name="Finished">It says when customers were served; else the time per customer is taken from the calls.</param>
/// <param name="FirstDay">Learned from, not scored.</param>
internal sealed record LogScan(bool OneLine, bool Finished, DateOnly FirstDay, long Rows)
{
    public static LogScan Of(QueueLog log, Action<long> progress)
    {
        var (oneLine, finished, first, rows) = (false, false, DateOnly.MaxValue, 0L);
        foreach (var row in log.Rows())
        {
            oneLine |= row.Event == LogEvent.Opened;
            finished |= row.Event == LogEvent.Finished;
            if (row.Day < first) first = row.Day;
            rows++;
            progress(rows);
        }

        return new(oneLine, finished, first, rows);
    }
}
