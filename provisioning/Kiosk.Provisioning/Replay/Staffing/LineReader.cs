using Kiosk.Provisioning.Replay;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>
/// Puts the rows of a log together into days of lines. A hall with opened counters is one line, one with staffed counters has a line for each service.
/// Mean service time: (3 · 600 s + sum) / (3 + n), of every call to its finish; where the hall has no finishes, of each two calls in a row with somebody left waiting, as gap × open counters.
/// </summary>
internal sealed class LineReader(string hall, string service, bool finishes)
{
    private const double PriorSeconds = 600, Prior = 3;

    private readonly List<LineDay> _days = [];
    private double _sum, _count;
    private Day? _day;

    private double Mean => ((Prior * PriorSeconds) + _sum) / (Prior + _count);

    /// <summary>The lines of all halls of a log.</summary>
    public static IReadOnlyList<LineLog> Read(IEnumerable<LogRow> rows)
    {
        var all = rows.ToList();
        var oneLine = all.Where(row => row.Event == LogEvent.Opened).Select(row => row.Hall).ToHashSet();
        var finishes = all.Where(row => row.Event == LogEvent.Finished).Select(row => row.Hall).ToHashSet();
        var readers = new Dictionary<(string Hall, string Service), LineReader>();
        foreach (var row in all)
        {
            var key = (row.Hall, oneLine.Contains(row.Hall) ? "" : row.Service);
            if (!readers.TryGetValue(key, out var reader)) readers[key] = reader = new(key.Hall, key.Item2, finishes.Contains(row.Hall));
            reader.Add(row);
        }

        return [.. readers.Values.Select(reader => reader.End()).Where(line => line.Days.Count > 0)];
    }

    private void Add(LogRow row)
    {
        if (_day?.Date != row.Day)
        {
            Close();
            _day = new(row.Day, Mean);
        }

        var day = _day!;
        switch (row.Event)
        {
            case LogEvent.Issued: day.Waiting[row.Ticket] = day.Issue(row.Time); break;
            case LogEvent.Called: Call(day, row); break;
            case LogEvent.Left when day.Waiting.Remove(row.Ticket, out var index): day.Visits[index] = day.Visits[index] with { Patience = Math.Max(0, row.Time - day.Visits[index].At) }; break;
            case LogEvent.Finished when day.Called.Remove(row.Ticket, out var called):
                day.Visits[called.Index] = day.Visits[called.Index] with { Service = Math.Max(0, row.Time - called.At) };
                Learn(row.Time - called.At);
                break;
            case LogEvent.Opened: day.Staff(row.Time, day.Open + 1); break;
            case LogEvent.Closed: day.Staff(row.Time, Math.Max(0, day.Open - 1)); break;
            case LogEvent.Staffed: day.Staff(row.Time, row.Open); break;
        }
    }

    private void Call(Day day, LogRow row)
    {
        if (day.FirstCall is null) day.FirstCall = row.Time;
        if (day.Waiting.Remove(row.Ticket, out var index))
        {
            day.Waits.Add(Math.Max(0, row.Time - day.Visits[index].At));
            day.Called[row.Ticket] = (index, row.Time);
        }

        if (!finishes && day.LastCall is { } last && day.LeftWaiting) Learn((row.Time - last) * day.OpenAtLast);
        (day.LastCall, day.LeftWaiting, day.OpenAtLast) = (row.Time, day.Waiting.Count > 0, Math.Max(1, day.Open));
    }

    private void Learn(double seconds)
    {
        if (seconds < 0) return;
        _sum += seconds;
        _count++;
    }

    private LineLog End()
    {
        Close();
        return new(hall, service, _days, Mean);
    }

    private void Close()
    {
        if (_day is { Visits.Count: > 0, Begin: { } from } day)
        {
            var until = Math.Max(from, day.Visits.Max(visit => visit.At));
            _days.Add(new(day.Date, [.. day.Visits.OrderBy(visit => visit.At)], from, until, day.OpenMean(from, until), day.MeanBefore, day.Waits));
        }

        _day = null;
    }

    private sealed class Day(DateOnly date, double meanBefore)
    {
        private readonly List<(double At, int Open)> _staff = [];

        public DateOnly Date => date;

        public double MeanBefore => meanBefore;

        public List<Visit> Visits { get; } = [];

        public List<double> Waits { get; } = [];

        public Dictionary<string, int> Waiting { get; } = [];

        public Dictionary<string, (int Index, double At)> Called { get; } = [];

        public int Open { get; private set; }

        public double? FirstCall { get; set; }

        public double? LastCall { get; set; }

        public bool LeftWaiting { get; set; }

        public int OpenAtLast { get; set; }

        /// <summary>The first open counter, or the first call.</summary>
        public double? Begin => _staff.Where(change => change.Open > 0).Select(change => (double?)change.At).Append(FirstCall).Min();

        public int Issue(double at)
        {
            Visits.Add(new(at, null, null));
            return Visits.Count - 1;
        }

        public void Staff(double at, int open)
        {
            Open = open;
            _staff.Add((at, open));
        }

        public double OpenMean(double from, double until)
        {
            if (until <= from) return Math.Max(1, Open);

            double sum = 0, now = from;
            var open = 1;
            foreach (var (at, count) in _staff)
            {
                var here = Math.Clamp(at, from, until);
                if (here > now) (sum, now) = (sum + ((here - now) * open), here);
                open = Math.Max(1, count);
            }

            return (sum + ((until - now) * open)) / (until - from);
        }
    }
}
