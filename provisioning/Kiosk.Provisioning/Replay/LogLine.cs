using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Provisioning.Replay;

/// <summary>A ticket of a log while it waits.</summary>
/// <param name="Naive">The naive rule's wait; likewise what the last served customer had waited and the age of the head of the line.</param>
internal sealed record LogTicket(double Issued, string Service, bool Priority, WaitEstimate Told, double Naive, double LastServed, double HeadOfLine);

/// <summary>A line of a log: who waits, who serves, and how fast it moves.</summary>
/// <param name="scan">How the log is to be read.</param>
internal sealed class LogLine(LogScan scan)
{
    /// <summary>Seconds that a customer with priority is put before others, in logs in which it is marked.</summary>
    private const double HeadStart = 90;

    /// <summary>Seconds that one customer is taken to need before anything is known.</summary>
    private const double Typical = 600;

    private readonly Dictionary<string, LogTicket> _waiting = [];
    private readonly Dictionary<string, double> _serving = [];
    private (double At, int Counters)? _busyCall;
    private int _opened;
    private int? _staffed;

    public LinePace Pace { get; private set; } = new(Typical);

    public int Counters => Math.Max(1, scan.OneLine ? _opened : _staffed ?? 1);

    public void NewDay()
    {
        _waiting.Clear();
        _serving.Clear();
        (_busyCall, _opened, _staffed) = (null, 0, null);
        Pace = Pace.NewDay();
    }

    public void Staff(in LogRow row)
    {
        if (row.Event == LogEvent.Staffed) _staffed = row.Open;
        else _opened += row.Event == LogEvent.Opened ? 1 : -1;
    }

    public LineFacts Facts(in LogRow row, bool priority, double sinceOpening)
    {
        var (place, own, oldest) = (1, 0, 0.0);
        foreach (var other in _waiting.Values)
        {
            if (!priority || other.Priority || other.Issued <= row.Time - HeadStart) place++;
            if (other.Service == row.Service) own++;
            oldest = Math.Max(oldest, row.Time - other.Issued);
        }

        return new(place, _waiting.Count + 1, Counters, scan.Finished ? _serving.Count : null, scan.OneLine ? own : null, priority, sinceOpening, oldest, Pace, row.Time);
    }

    /// <summary>Mean service time · place / counters.</summary>
    public double Naive(in LineFacts facts) => Pace.Service * facts.Length / facts.Counters;

    public void Join(string ticket, LogTicket joined) => _waiting[ticket] = joined;

    public void Leave(string ticket) => _waiting.Remove(ticket);

    /// <summary>The ticket, where the log says when it was issued today.</summary>
    public LogTicket? Call(in LogRow row)
    {
        _waiting.Remove(row.Ticket, out var ticket);
        if (scan.Finished)
        {
            // A call without a counter was answered by nobody: it has no end.
            if (row.Counter.Length > 0) _serving[row.Ticket] = row.Time;
        }
        else
        {
            if (_busyCall is { } before) Pace = Pace.Finished((row.Time - before.At) * before.Counters);
            _busyCall = _waiting.Count > 0 ? (row.Time, Counters) : null;
        }

        Pace = Pace.Called(row.Time, ticket is null ? null : row.Time - ticket.Issued, _waiting.Count);
        return ticket;
    }

    public void Finish(in LogRow row)
    {
        if (_serving.Remove(row.Ticket, out var begun)) Pace = Pace.Finished(row.Time - begun);
    }
}
