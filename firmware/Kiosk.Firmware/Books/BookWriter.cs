using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Firmware.Books;

/// <summary>Makes the facts that the books are folded from, and keeps what must not stand in the journal beside it.</summary>
internal sealed class BookWriter(BookKeeper books, IPersonalData personal, HallProfile site, TimeProvider time)
{
    private TimeSpan PersonalFor => TimeSpan.FromDays(site.Retention.PersonalDays);

    /// <param name="contact">As the customer wrote it; kept for the days that the profile says.</param>
    public HallEvent.SuggestionMade Suggestion(string kind, string text, string? contact)
    {
        var known = books.Current.Suggestions.Entries;
        var id = BookCodes.Suggestion(number => known.Exists(entry => entry.Number == number));

        // First the contact: a fact that promises one must find it. What is left behind by a fact that failed is erased with its time.
        if (contact is not null) personal.KeepPersonal(SuggestionBook.PersonalId(id), contact, time.GetUtcNow() + PersonalFor);
        return new(id, kind, text, contact is not null);
    }

    public IReadOnlyList<HallEvent.AppointmentBooked> Appointments(IReadOnlyList<WantedAppointment> wanted)
    {
        var drawn = new HashSet<string>(books.Current.Appointments.ById.Keys, StringComparer.Ordinal);
        var booked = new List<HallEvent.AppointmentBooked>();
        foreach (var want in wanted)
        {
            var id = BookCodes.Digits(code => drawn.Contains(code));
            drawn.Add(id);
            if (want.Contact is { } contact) personal.KeepPersonal(AppointmentBook.PersonalId(id), contact, want.Slot + PersonalFor);
            booked.Add(new(id, want.Service, want.Slot, want.Language));
        }

        return booked;
    }

    /// <returns>What to write down, or null where there was nothing to erase.</returns>
    public HallEvent.PersonalDataErased? EraseContact(Suggestion entry) =>
        personal.ErasePersonal(SuggestionBook.PersonalId(entry.Id)) || entry.Contact ? new($"suggestion {entry.Id}", 1) : null;

    /// <summary>All but the last four signs hidden; null where there is none (any more).</summary>
    public string? MaskedContact(Suggestion entry) =>
        entry.Contact && personal.FindPersonal(SuggestionBook.PersonalId(entry.Id)) is { } contact ? DigitMask.LastFour(contact) : null;

    /// <summary>Name and telephone number of an appointment: whoever books must be able to reach the customer.</summary>
    public string? Contact(BookedAppointment booked) => personal.FindPersonal(AppointmentBook.PersonalId(booked.Id));
}
