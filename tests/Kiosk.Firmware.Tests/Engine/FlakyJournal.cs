using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>The real journal on a disk that can be full or read-only.</summary>
internal sealed class FlakyJournal : IJournal
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-engine-").FullName;
    private readonly SqliteJournal _journal;

    public FlakyJournal() => _journal = SqliteJournal.Open(_directory);

    public JournalTrouble? Trouble { get; set; }

    /// <summary>Whether there is space held back that ends <see cref="JournalTrouble.DiskFull"/>.</summary>
    public bool Reserve { get; set; }

    public int Appends { get; private set; }

    public int Epoch => _journal.Epoch;

    public long LastSeq => _journal.LastSeq;

    public long DayStart => _journal.DayStart;

    public long EarlierDayStart => _journal.EarlierDayStart;

    public bool Tight { get; private set; }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries)
    {
        if (Trouble is { } trouble) throw new JournalUnavailableException(trouble, "as asked by the test");
        Appends++;
        return _journal.Append(entries);
    }

    public bool Relieve()
    {
        if (!Reserve) return false;
        (Reserve, Tight, Trouble) = (false, true, null);
        return true;
    }

    /// <summary>Whether the disk has room again.</summary>
    public bool Room { get; set; }

    public void Settle()
    {
        if (Room) Tight = false;
    }

    public IReadOnlyList<Recorded> Read(long after, int limit) => _journal.Read(after, limit);

    public long LedgerStart => _journal.LedgerStart;

    public IReadOnlyList<Recorded> ReadLedger(long after, int limit) => _journal.ReadLedger(after, limit);

    public long Cursor(string name) => _journal.Cursor(name);

    public void SaveCursor(string name, long seq) => _journal.SaveCursor(name, seq);

    public void Dispose()
    {
        _journal.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
