using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <summary>What the store and the hall know of each other.</summary>
/// <param name="Hall">As it was described last, or null.</param>
/// <param name="Answered">Commands that were carried out or refused, by user and id, until nobody would carry them out any more.</param>
public sealed record StoreBook(HallOutline? Hall, ImmutableDictionary<(string User, string Command), StoreCommandAnswered> Answered)
{
    public static StoreBook Empty { get; } = new(null, ImmutableDictionary<(string, string), StoreCommandAnswered>.Empty);

    public StoreCommandAnswered? Find(string user, string command) => Answered.GetValueOrDefault((user, command));

    public StoreBook After(Note fact) => fact switch
    {
        HallDescribed e => this with { Hall = e.Hall },
        StoreCommandAnswered e => this with { Answered = Answered.SetItem((e.User, e.Command), e) },
        _ => this,
    };

    // A repeat that comes a little after its time still gets its answer.
    internal StoreBook Trimmed(DateTimeOffset now) => this with { Answered = Answered.Where(pair => pair.Value.Expires > now - TimeSpan.FromHours(1)).ToImmutableDictionary() };
}
