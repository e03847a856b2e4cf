using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Tests.Books;

/// <summary>Books that are told what happens, an hour apart unless said otherwise.</summary>
internal sealed class Notes
{
    public HallBooks Books { get; private set; } = HallBooks.Empty;

    public DateTimeOffset Now { get; private set; } = Halls.Opening;

    public Notes Note(HallEvent.Note fact, string? who = "mei")
    {
        Now += TimeSpan.FromHours(1);
        Books = Books.After(fact, Now, who);
        return this;
    }

    public Notes After(TimeSpan span)
    {
        Now += span;
        return this;
    }

    public Notes Trim()
    {
        Books = Books.Trimmed(Now);
        return this;
    }
}
