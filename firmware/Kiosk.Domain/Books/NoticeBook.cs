using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <summary>A text of the store for the hall's customers.</summary>
/// <param name="From">First moment, or null: at once.</param>
/// <param name="Until">It is not shown from then on, or null.</param>
public sealed record Notice(string Id, NoticeKind Kind, Texts Text, DateTimeOffset? From, DateTimeOffset? Until)
{
    public bool ShownAt(DateTimeOffset now) => (From is null || now >= From) && (Until is null || now < Until);
}

/// <summary>Messages and promotions that are not over.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record NoticeBook(ImmutableList<Notice> Entries)
{
    /// <summary>Of each kind, at most: a screen shows few, and the oldest makes way.</summary>
    public const int MostOfAKind = 20;

    public static NoticeBook Empty { get; } = new([]);

    public Notice? Find(string id) => Entries.FindLast(entry => entry.Id == id);

    public IReadOnlyList<Notice> ShownAt(DateTimeOffset now, NoticeKind kind) => [.. Entries.Where(entry => entry.Kind == kind && entry.ShownAt(now))];

    public NoticeBook After(Note fact) => fact switch
    {
        NoticeShown e => Room(e.Kind, new(Entries.RemoveAll(entry => entry.Id == e.Notice).Add(
            new(e.Notice, e.Kind, new(e.Text.ToImmutableSortedDictionary(StringComparer.Ordinal)), e.From, e.Until)))),
        NoticeWithdrawn e => new(Entries.RemoveAll(entry => entry.Id == e.Notice)),
        _ => this,
    };

    internal NoticeBook Trimmed(DateTimeOffset now) => new(Entries.RemoveAll(entry => entry.Until <= now));

    private static NoticeBook Room(NoticeKind kind, NoticeBook book) =>
        book.Entries.Count(entry => entry.Kind == kind) <= MostOfAKind ? book : new(book.Entries.Remove(book.Entries.Find(entry => entry.Kind == kind)!));
}
