using Kiosk.Journal;

namespace Kiosk.Simulation.Money;

/// <summary>The real journal of a board whose power can be cut: right before or right behind one of its writes, or from outside at any moment. A dead board writes nothing.</summary>
internal sealed class MortalJournal(SqliteJournal journal, Action died) : IJournal, IArchive, IPersonalData, ILedgerBook
{
    private readonly Lock _gate = new();
    private bool _dead;

    /// <summary>The write at which the power goes; null: none.</summary>
    public int? DiesAt { get; set; }

    /// <summary>Behind it: it is on disk, and nobody hears of it. Else before it.</summary>
    public bool Behind { get; set; }

    public int Writes { get; private set; }

    public bool Dead
    {
        get
        {
            lock (_gate) return _dead;
        }
    }

    public int Epoch => journal.Epoch;

    public long LastSeq => journal.LastSeq;

    public long DayStart => journal.DayStart;

    public long EarlierDayStart => journal.EarlierDayStart;

    public long LedgerStart => journal.LedgerStart;

    public string LedgerHead => journal.LedgerHead;

    public bool Tight => journal.Tight;

    /// <summary>From now on nothing reaches the disk.</summary>
    public void Die()
    {
        lock (_gate) _dead = true;
    }

    /// <summary>Dies at one of the next writes: 1 is the next one.</summary>
    public void DieIn(int writes, bool behind)
    {
        lock (_gate) (DiesAt, Behind) = (Writes + writes, behind);
    }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries)
    {
        lock (_gate)
        {
            if (_dead) throw Off();
            if (++Writes != DiesAt) return journal.Append(entries);

            // First the wires: a board without power sends no byte either.
            died();
            if (Behind) journal.Append(entries);
            _dead = true;
            throw Off();
        }
    }

    public IReadOnlyList<Recorded> Read(long after, int limit) => journal.Read(after, limit);

    public IReadOnlyList<Recorded> LedgerClosings(int most) => journal.LedgerClosings(most);

    public IReadOnlyList<Recorded> ReadLedger(long after, int limit) => journal.ReadLedger(after, limit);

    public LedgerCheck VerifyLedger(Action<long>? progress, CancellationToken cancel, string? passing = null) => journal.VerifyLedger(progress, cancel, passing);

    public bool Relieve() => journal.Relieve();

    public void Settle() => journal.Settle();

    public long Cursor(string name) => journal.Cursor(name);

    public void SaveCursor(string name, long seq) => journal.SaveCursor(name, seq);

    public IReadOnlyList<Recorded> ReadNotes(long after, int limit) => journal.ReadNotes(after, limit);

    public IReadOnlyList<JournalDay> Days() => journal.Days();

    public void KeepReport(DateOnly day, ReadOnlyMemory<byte> report) => journal.KeepReport(day, report);

    public IReadOnlyList<DateOnly> ReportedDays() => journal.ReportedDays();

    public byte[]? Report(DateOnly day) => journal.Report(day);

    public long Prune(DateOnly before, long safeSeq) => journal.Prune(before, safeSeq);

    public void KeepPersonal(string id, string text, DateTimeOffset until) => journal.KeepPersonal(id, text, until);

    public string? FindPersonal(string id) => journal.FindPersonal(id);

    public bool ErasePersonal(string id) => journal.ErasePersonal(id);

    public int ErasePersonalBefore(DateTimeOffset now) => journal.ErasePersonalBefore(now);

    public void Dispose() => journal.Dispose();

    private static JournalUnavailableException Off() => new(JournalTrouble.Broken, "the power is off");
}
