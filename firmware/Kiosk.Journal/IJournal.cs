using Kiosk.Domain.Hall;

namespace Kiosk.Journal;

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Epoch">Counts lives of the journal: a rescued one begins a new epoch.</param>
/// <param name="Seq">Counts the events of an epoch from 1, without a gap.</param>
/// <param name="At">Never earlier than the event before it.</param>
/// <param name="Request">Id of the request that was answered by this event, on its first event; else null.</param>
/// <param name="Source">Who or what asked: <c>api</c>, <c>kiosk</c>, <c>counter-3</c>, <c>keys</c>, <c>printer</c>.</param>
public sealed record Recorded(int Epoch, long Seq, DateTimeOffset At, HallEvent Fact, string? Request, string Source);

/// <summary>One event to be appended.</summary>
public readonly record struct Entry(DateTimeOffset At, HallEvent Fact, string? Request, string Source);

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

    /// <summary>Appends all or none, durable when it returns.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was appended: the disk is full, read-only or broken.</exception>
    IReadOnlyList<Recorded> Append(IReadOnlyList<Entry> entries);

    /// <summary>Events with a seq above <paramref name="after"/>, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Recorded> Read(long after, int limit);

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
