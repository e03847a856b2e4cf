using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Provisioning.Replay;

/// <summary>One ticket that was called: what was foretold, and what came.</summary>
internal readonly record struct ScoredTicket(string Hall, string Service, DateOnly Day, double Wait, LogTicket Ticket);

/// <summary>Takes a log through the predictor of the product, row by row: a ticket's wait is foretold from the rows above it, and learned from when it is called.</summary>
internal sealed class Replayer(LogScan scan)
{
    private readonly Dictionary<string, LogHall> _halls = [];

    /// <summary>Every ticket that was issued and called on the same day, in the order of the calls; also those of the first day and those who did not wait.</summary>
    public IEnumerable<ScoredTicket> Run(IEnumerable<LogRow> rows)
    {
        foreach (var row in rows)
        {
            if (!_halls.TryGetValue(row.Hall, out var hall)) _halls[row.Hall] = hall = new(scan);
            if (hall.Take(row) is { } scored) yield return scored;
        }
    }
}

/// <summary>A hall of a log, with what it has learned.</summary>
internal sealed class LogHall(LogScan scan)
{
    private const string Vip = "vip";

    private readonly Dictionary<string, LogLine> _lines = [];
    private WaitModel _model = WaitModel.Start;
    private DateOnly _day;
    private double? _opening;

    public ScoredTicket? Take(in LogRow row)
    {
        if (row.Day != _day) NewDay(row.Day);
        var key = scan.OneLine ? "" : row.Service;
        if (!_lines.TryGetValue(key, out var line)) _lines[key] = line = new(scan);
        switch (row.Event)
        {
            case LogEvent.Opened or LogEvent.Closed or LogEvent.Staffed: line.Staff(row); break;
            case LogEvent.Issued: Issue(line, row); break;
            case LogEvent.Left: line.Leave(row.Ticket); break;
            case LogEvent.Finished: line.Finish(row); break;
            case LogEvent.Called when line.Call(row) is { } ticket: return Called(ticket, row);
        }

        return null;
    }

    // Who still waits at the end of a day was not served.
    private void NewDay(DateOnly day)
    {
        (_day, _opening) = (day, null);
        foreach (var line in _lines.Values) line.NewDay();
    }

    private void Issue(LogLine line, in LogRow row)
    {
        _opening ??= row.Time;
        var priority = row.Priority == Vip;
        var facts = line.Facts(row, priority, row.Time - _opening.Value);
        var told = _model.Estimate(row.Service, facts);
        _model = _model.Joined(told);
        line.Join(row.Ticket, new(row.Time, row.Service, priority, told, line.Naive(facts), facts.Pace.LastWait ?? 0, facts.Oldest));
    }

    private ScoredTicket Called(LogTicket ticket, in LogRow row)
    {
        var wait = row.Time - ticket.Issued;
        _model = _model.Learn(ticket.Service, ticket.Told, wait);
        return new(row.Hall, ticket.Service, row.Day, wait, ticket);
    }
}
