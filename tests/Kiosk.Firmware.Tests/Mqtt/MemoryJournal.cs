using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A journal in memory: its durability ends with the test.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<Recorded> _events = [];
    private readonly Dictionary<string, long> _cursors = [];

    public int Epoch { get; init; } = 1;

    /// <summary>Thrown by the next reads, as many times.</summary>
    public int FailingReads { get; set; }

    public int CursorsSaved { get; private set; }

    public long LastSeq
    {
        get
        {
            lock (_gate) return _events.Count;
        }
    }

    public long EarlierDayStart => 0;

    public long DayStart => 1;

    public bool Tight => false;

    public bool Relieve() => false;

    public void Settle()
    {
    }

    public long SupersededBy { get; private set; }

    public void Supersede(long seq) => SupersededBy = seq;

    public IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries)
    {
        lock (_gate)
        {
            var recorded = entries.Select((entry, index) => new Recorded(Epoch, _events.Count + index + 1, entry.At, entry.Fact, entry.Request, entry.Source)).ToList();
            _events.AddRange(recorded);
            return recorded;
        }
    }

    public IReadOnlyList<Recorded> Read(long after, int limit)
    {
        lock (_gate)
        {
            if (FailingReads-- > 0) throw new JournalUnavailableException(JournalTrouble.Broken, "The disk gave an error.");
            return [.. _events.Skip((int)after).Take(limit)];
        }
    }

    public long LedgerStart => 0;

    public IReadOnlyList<Recorded> ReadLedger(long after, int limit)
    {
        lock (_gate) return [.. _events.Where(recorded => recorded.Seq > after && recorded.Fact is Kiosk.Domain.Hall.HallEvent.LedgerEntry).Take(limit)];
    }

    public long Cursor(string name)
    {
        lock (_gate) return _cursors.GetValueOrDefault(name);
    }

    public void SaveCursor(string name, long seq)
    {
        lock (_gate)
        {
            _cursors[name] = seq;
            CursorsSaved++;
        }
    }

    public void Dispose()
    {
    }
}
