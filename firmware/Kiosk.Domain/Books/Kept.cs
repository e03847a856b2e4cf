using System.Collections.Immutable;

namespace Kiosk.Domain.Books;

/// <summary>How much of a book stays in memory. The journal keeps everything.</summary>
internal static class Kept
{
    /// <summary>Closed entries older than this are left to the journal.</summary>
    public static readonly TimeSpan For = TimeSpan.FromDays(90);

    /// <summary>Entries of one book, whatever their age: a book that nobody closes does not grow without end.</summary>
    public const int Most = 5000;

    /// <summary>Drops closed entries of before <paramref name="since"/>, and the oldest ones above <see cref="Most"/>.</summary>
    /// <param name="entries">Oldest first.</param>
    public static ImmutableList<T> Trimmed<T>(this ImmutableList<T> entries, DateTimeOffset since, Func<T, DateTimeOffset?> closedAt)
    {
        var kept = entries.RemoveAll(entry => closedAt(entry) < since);
        return kept.Count > Most ? kept.RemoveRange(0, kept.Count - Most) : kept;
    }

    /// <summary>Changes the latest entry of which that is true; a book without one stays as it is.</summary>
    public static ImmutableList<T> Change<T>(this ImmutableList<T> entries, Predicate<T> which, Func<T, T> change) =>
        entries.FindLastIndex(which) is var index and >= 0 ? entries.SetItem(index, change(entries[index])) : entries;
}
