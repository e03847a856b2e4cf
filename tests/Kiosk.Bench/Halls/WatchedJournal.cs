using System.Diagnostics;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Bench.Halls;

/// <summary>The product's journal, of which the bench sees when it is asked and when it is done; slower where that was asked for.</summary>
internal sealed class WatchedJournal : IJournal, IArchive, IPersonalData, ILedgerBook
{
    private readonly SqliteJournal _journal;
    private readonly RawFile? _second;

    public WatchedJournal(string directory, Slowdown slowdown, TimeProvider time)
    {
        _journal = SqliteJournal.Open(directory, "bench", time);
        Searches = slowdown == Slowdown.LinearSearch;
        if (slowdown == Slowdown.SecondFsync) _second = new(directory);
    }

    /// <summary>Timestamps of the last <see cref="Append"/>: when the events were there, and when they were durable.</summary>
    public (long Asked, long Durable) Last { get; private set; }

    /// <summary>Events of the last <see cref="Append"/>.</summary>
    public IReadOnlyList<Recorded> LastEvents { get; private set; } = [];

    /// <summary>Transactions so far.</summary>
    public int Transactions { get; private set; }

    /// <summary>The hall as it is decided over, once it is known.</summary>
    public Func<HallState>? Hall { get; set; }

    public int Epoch => _journal.Epoch;

    public long LastSeq => _journal.LastSeq;

    public long DayStart => _journal.DayStart;

    public long EarlierDayStart => _journal.EarlierDayStart;

    public long CompleteFrom => _journal.CompleteFrom;

    public JournalPlace? ContinuedFrom => _journal.ContinuedFrom;

    public long LedgerStart => _journal.LedgerStart;

    public string LedgerHead => _journal.LedgerHead;

    public bool Tight => _journal.Tight;

    private bool Searches { get; }

    public IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries)
    {
        if (Searches) Search(entries);
        var asked = Stopwatch.GetTimestamp();
        var recorded = _journal.Append(entries);
        _second?.Write();
        (Last, LastEvents) = ((asked, Stopwatch.GetTimestamp()), recorded);
        Transactions++;
        return recorded;
    }

    public void Supersede(long seq) => _journal.Supersede(seq);

    public IReadOnlyList<Recorded> Read(long after, int limit) => _journal.Read(after, limit);

    public IReadOnlyList<Recorded> ReadLedger(long after, int limit) => _journal.ReadLedger(after, limit);

    public IReadOnlyList<Recorded> LedgerClosings(int most) => _journal.LedgerClosings(most);

    public bool Relieve() => _journal.Relieve();

    public void Settle() => _journal.Settle();

    public long Cursor(string name) => _journal.Cursor(name);

    public void SaveCursor(string name, long seq) => _journal.SaveCursor(name, seq);

    public IReadOnlyList<Recorded> ReadNotes(long after, int limit) => _journal.ReadNotes(after, limit);

    public IReadOnlyList<JournalDay> Days() => _journal.Days();

    public void KeepReport(DateOnly day, ReadOnlyMemory<byte> report) => _journal.KeepReport(day, report);

    public IReadOnlyList<DateOnly> ReportedDays() => _journal.ReportedDays();

    public byte[]? Report(DateOnly day) => _journal.Report(day);

    public long Prune(DateOnly before, long safeSeq) => _journal.Prune(before, safeSeq);

    public void KeepPersonal(string id, string text, DateTimeOffset until) => _journal.KeepPersonal(id, text, until);

    public string? FindPersonal(string id) => _journal.FindPersonal(id);

    public bool ErasePersonal(string id) => _journal.ErasePersonal(id);

    public int ErasePersonalBefore(DateTimeOffset now) => _journal.ErasePersonalBefore(now);

    public LedgerCheck VerifyLedger(Action<long>? progress, CancellationToken cancel, string? head = null) => _journal.VerifyLedger(progress, cancel, head);

    public void Dispose()
    {
        _second?.Dispose();
        _journal.Dispose();
    }

    // As if whoever is called were searched among all tickets of the day.
    private void Search(IReadOnlyList<Entry> entries)
    {
        if (Hall?.Invoke() is not { } hall) return;
        foreach (var _ in entries.Where(entry => entry.Fact is HallEvent.TicketCalled)) GC.KeepAlive(hall.Tickets.Values.Where(ticket => ticket.Phase == TicketPhase.Waiting).MinBy(ticket => ticket.StandsSince));
    }
}
