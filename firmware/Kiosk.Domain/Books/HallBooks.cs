using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Books;

/// <summary>The day's books: folds of the journal's notes. Pure and immutable, so that a page may read one while the next note is folded.</summary>
public sealed record HallBooks(
    HandOverBook HandOver,
    SuggestionBook Suggestions,
    EquipmentRegister Equipment,
    Checks Checks,
    AppointmentBook Appointments,
    FeedbackBook Feedback)
{
    public NoticeBook Notices { get; init; } = NoticeBook.Empty;

    public StoreBook Store { get; init; } = StoreBook.Empty;

    public static HallBooks Empty { get; } =
        new(HandOverBook.Empty, SuggestionBook.Empty, EquipmentRegister.Empty, Checks.Empty, AppointmentBook.Empty, FeedbackBook.Empty);

    /// <param name="who">The member of staff who asked for it, or null.</param>
    public HallBooks After(HallEvent.Note fact, DateTimeOffset at, string? who) => this with
    {
        HandOver = HandOver.After(fact, at, who),
        Suggestions = Suggestions.After(fact, at, who),
        Equipment = Equipment.After(fact, at, who),
        Checks = Checks.After(fact, at, who),
        Appointments = Appointments.After(fact, at, who),
        Feedback = Feedback.After(fact, at),
        Notices = Notices.After(fact),
        Store = Store.After(fact),
    };

    /// <summary>Forgets what is closed and old.</summary>
    public HallBooks Trimmed(DateTimeOffset now)
    {
        var since = now - Kept.For;
        return this with
        {
            HandOver = HandOver.Trimmed(since),
            Suggestions = Suggestions.Trimmed(since),
            Equipment = Equipment.Trimmed(since),
            Checks = Checks.Trimmed(since),
            Appointments = Appointments.Trimmed(since),
            Feedback = Feedback.Trimmed(now),
            Notices = Notices.Trimmed(now),
            Store = Store.Trimmed(now),
        };
    }
}
