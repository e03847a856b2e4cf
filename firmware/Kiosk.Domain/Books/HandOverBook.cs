using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <param name="By">Who wrote it, or null where nobody was signed in.</param>
/// <param name="TakenBy">Who has read it and taken over.</param>
public sealed record HandOver(string Id, DateTimeOffset WrittenAt, string? By, string Pending, string Broken, string To)
{
    public DateTimeOffset? TakenAt { get; init; }

    public string? TakenBy { get; init; }
}

/// <summary>From shift to shift: what is pending, what is broken, who hands over to whom.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record HandOverBook(ImmutableList<HandOver> Entries)
{
    public static HandOverBook Empty { get; } = new([]);

    /// <summary>Latest first.</summary>
    public IEnumerable<HandOver> Since(DateTimeOffset from) => Entries.Reverse().Where(entry => entry.WrittenAt >= from);

    /// <summary>The latest entry where nobody has taken it over, or null.</summary>
    public HandOver? NotTaken => Entries.IsEmpty || Entries[^1].TakenAt is not null ? null : Entries[^1];

    public HandOver? Find(string id) => Entries.FindLast(entry => entry.Id == id);

    public HandOverBook After(Note fact, DateTimeOffset at, string? who) => fact switch
    {
        HandOverWritten e => new(Entries.Add(new(e.Entry, at, who, e.Pending, e.Broken, e.To))),
        HandOverTaken e => new(Entries.Change(entry => entry.Id == e.Entry && entry.TakenAt is null, entry => entry with { TakenAt = at, TakenBy = who })),
        _ => this,
    };

    internal HandOverBook Trimmed(DateTimeOffset since) => new(Entries.Trimmed(since, entry => entry.TakenAt));
}
