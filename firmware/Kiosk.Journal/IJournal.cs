using Kiosk.Domain.Hall;

namespace Kiosk.Journal;

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Epoch">Counts lives of the journal: a rescued one begins a new epoch.</param>
/// <param name="Seq">Counts the events of an epoch from 1, without a gap.</param>
/// <param name="At">Never earlier than the event before it.</param>
/// <param name="Request">Id of the request that was answered by this event, on its first event; else null.</param>
/// <param name="Source">From where it was asked: <c>api</c>, <c>kiosk</c>, <c>counter-3</c>, <c>keys-3</c>, <c>clock</c>, <c>printer</c>.</param>
/// <param name="Who">The member of staff who asked, or null: a customer, a device, the clock, or a key at which nobody is signed in.</param>
public sealed record Recorded(int Epoch, long Seq, DateTimeOffset At, HallEvent Fact, string? Request, string Source, string? Who = null);

/// <summary>One event to be appended.</summary>
public readonly record struct Entry(DateTimeOffset At, HallEvent Fact, string? Request, string Source, string? Who = null);

/// <param name="FirstSeq">Of its <c>day-opened</c>.</param>
/// <param name="LastSeq">Of the last event before the next day's.</param>
public readonly record struct JournalDay(DateOnly Day, long FirstSeq, long LastSeq);

/// <summary>Names an event for ever.</summary>
public readonly record struct JournalPlace(int Epoch, long Seq);

/// <summary>The only store of the hall's truth. Thread safe; one process at a time.</summary>
public interface IJournal : IDisposable
{
    int Epoch { get; }

    /// <summary>Seq of the last event, 0 in a new journal.</summary>
    long LastSeq { get; }

    /// <summary>Seq of the first event of the latest business day, or 0.</summary>
    long DayStart { get; }

    /// <summary>Seq of the first event of the business day before the latest, or 0.</summary>
    long EarlierDayStart { get; }

    /// <summary>From this seq on no event is missing; those before may have been pruned.</summary>
    long CompleteFrom => 1;

    /// <summary>The last event that somebody has of the epoch before, which this one goes on from; null where there was none.</summary>
    JournalPlace? ContinuedFrom => null;

    /// <summary>
    /// Somebody has events of this epoch that the journal has not (it was restored from a copy, or its disk lost what it had acknowledged).
    /// What comes next must not have their seqs: the next opening begins a new epoch.
    /// </summary>
    /// <param name="seq">The last one that they have.</param>
    void Supersede(long seq) => throw new NotSupportedException("This journal has one epoch only.");

    /// <summary>Appends all or none, durable when it returns.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was appended: the disk is full, read-only or broken.</exception>
    IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries);

    /// <summary>Events with a seq above <paramref name="after"/>, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Recorded> Read(long after, int limit);

    /// <summary>The ledger's entries (<see cref="HallEvent.LedgerEntry"/>) with a seq above <paramref name="after"/>, of every day, in order. They outlive pruning.</summary>
    IReadOnlyList<Recorded> ReadLedger(long after, int limit);

    /// <summary>From behind this seq on the ledger can be folded without what came before: the last closing of a settlement period is the first entry; 0 without one.</summary>
    long LedgerStart { get; }

    /// <summary>Closings of settlement periods, the latest first, at most so many.</summary>
    IReadOnlyList<Recorded> LedgerClosings(int most) => [];

    /// <summary>The disk is full and the space held back is in use: no more tickets, the rest goes on.</summary>
    bool Tight { get; }

    /// <summary>After <see cref="JournalTrouble.DiskFull"/>: gives the space held back to the journal; false where it is used up.</summary>
    bool Relieve();

    /// <summary>Holds the space back again where the disk has room; ends <see cref="Tight"/>.</summary>
    void Settle();

    /// <summary>A named place up to which a reader has come; 0 when it never came.</summary>
    long Cursor(string name);

    /// <summary>Saves it; need not be durable at once: repeats are harmless by (epoch, seq).</summary>
    void SaveCursor(string name, long seq);
}

/// <summary>The journal as books and reports need it: many days, read seldom.</summary>
public interface IArchive
{
    /// <summary>Notes (<see cref="HallEvent.Note"/>) with a seq above <paramref name="after"/>, of every day, in order. They outlive pruning.</summary>
    IReadOnlyList<Recorded> ReadNotes(long after, int limit);

    /// <summary>The business days whose events the journal has, in order.</summary>
    IReadOnlyList<JournalDay> Days();

    /// <summary>Keeps the report of a closed day, in place of an earlier one.</summary>
    void KeepReport(DateOnly day, ReadOnlyMemory<byte> report);

    /// <summary>Days with a kept report, in order.</summary>
    IReadOnlyList<DateOnly> ReportedDays();

    byte[]? Report(DateOnly day);

    /// <summary>Removes the events of days before <paramref name="before"/> that have a kept report, none above <paramref name="safeSeq"/>, and never a note.</summary>
    /// <returns>How many.</returns>
    long Prune(DateOnly before, long safeSeq);
}

/// <summary>The ledger as auditors need it.</summary>
public interface ILedgerBook
{
    /// <summary>Hash of the last entry, 64 hexadecimal digits: stands on Z reports.</summary>
    string LedgerHead { get; }

    /// <summary>Goes through the whole chain, page by page: the hall goes on meanwhile.</summary>
    /// <param name="progress">Called now and then with the entries seen.</param>
    /// <param name="head">A hash that stood on paper once: looked for along the chain.</param>
    LedgerCheck VerifyLedger(Action<long>? progress, CancellationToken cancel, string? head = null);
}

/// <param name="Entries">That were found good.</param>
/// <param name="Head">Hash of the last of them.</param>
/// <param name="BrokenAt">Seq of the first that is not; null: all are.</param>
/// <param name="FoundAt">Seq of the entry whose hash was looked for; null: no entry has it, or none was looked for.</param>
public sealed record LedgerCheck(long Entries, string Head, long? BrokenAt, string Trouble, long? FoundAt = null);

/// <summary>Names, telephone numbers and the like: beside the journal, never in it, so that they can be erased.</summary>
public interface IPersonalData
{
    /// <param name="id">Of what it belongs to: <c>suggestion/7k2m</c>, <c>appointment/123</c>.</param>
    void KeepPersonal(string id, string text, DateTimeOffset until);

    string? FindPersonal(string id);

    /// <returns>False where there was none.</returns>
    bool ErasePersonal(string id);

    /// <returns>How many were erased.</returns>
    int ErasePersonalBefore(DateTimeOffset now);
}

public enum JournalTrouble
{
    DiskFull,
    ReadOnly,
    Broken,
}

/// <summary>The journal cannot take events now. The message says what was seen and what to do.</summary>
public sealed class JournalUnavailableException(JournalTrouble trouble, string message, Exception? inner = null) : IOException(message, inner)
{
    public JournalTrouble Trouble { get; } = trouble;
}

/// <summary>The journal cannot be opened and was not touched. The message says why and what to do.</summary>
public sealed class JournalRefusedException(string message, Exception? inner = null) : IOException(message, inner);
