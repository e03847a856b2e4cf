using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <param name="Id">Number and secret, <c>482913-7k2mq9</c>: whoever knows both may read the answer.</param>
/// <param name="Kind"><c>suggestion</c> or <c>complaint</c>.</param>
/// <param name="Contact">Whether the customer left a way to be reached, and it has not been erased by hand.</param>
public sealed record Suggestion(string Id, string Kind, string Text, bool Contact, DateTimeOffset MadeAt)
{
    public string? Owner { get; init; }

    public string? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public string? AnsweredBy { get; init; }

    /// <summary>What customer and staff call it.</summary>
    public string Number => Id.Split('-')[0];

    /// <summary>When an answer is due.</summary>
    public DateTimeOffset Due => MadeAt + SuggestionBook.AnswerWithin;

    public bool Overdue(DateTimeOffset now) => AnsweredAt is null && now >= Due;
}

/// <summary>Every suggestion and complaint has an owner, an answer within 24 hours and a record.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record SuggestionBook(ImmutableList<Suggestion> Entries)
{
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(24);

    public static SuggestionBook Empty { get; } = new([]);

    /// <summary>Unanswered ones first, the one that waits longest before all; then the answered ones, latest first.</summary>
    public IEnumerable<Suggestion> ByUrgency =>
        Entries.Where(entry => entry.AnsweredAt is null).Concat(Entries.Where(entry => entry.AnsweredAt is not null).OrderByDescending(entry => entry.AnsweredAt));

    public int Overdue(DateTimeOffset now) => Entries.Count(entry => entry.Overdue(now));

    public Suggestion? Find(string id) => Entries.FindLast(entry => entry.Id == id);

    /// <summary>Under which the contact of an entry is kept among the personal data.</summary>
    public static string PersonalId(string entry) => $"suggestion/{entry}";

    public SuggestionBook After(Note fact, DateTimeOffset at, string? who) => fact switch
    {
        SuggestionMade e => new(Entries.Add(new(e.Entry, e.Kind, e.Text, e.Contact, at))),
        SuggestionAssigned e => Change(e.Entry, entry => entry with { Owner = e.Owner }),
        SuggestionAnswered e => Change(e.Entry, entry => entry with { Answer = e.Answer, AnsweredAt = at, AnsweredBy = who, Owner = entry.Owner ?? who }),
        PersonalDataErased { What: var what } when what.StartsWith(Erased, StringComparison.Ordinal) => Change(what[Erased.Length..], entry => entry with { Contact = false }),
        _ => this,
    };

    internal SuggestionBook Trimmed(DateTimeOffset since) => new(Entries.Trimmed(since, entry => entry.AnsweredAt));

    private const string Erased = "suggestion ";

    private SuggestionBook Change(string id, Func<Suggestion, Suggestion> change) => new(Entries.Change(entry => entry.Id == id, change));
}
