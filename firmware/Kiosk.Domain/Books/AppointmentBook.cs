using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <param name="Id">Six digits: the customer types them at the ticket machine.</param>
/// <param name="Slot">When the customer is expected.</param>
public sealed record BookedAppointment(string Id, ServiceId Service, DateTimeOffset Slot, string Language, DateTimeOffset BookedAt, string? By)
{
    public bool Cancelled { get; init; }
}

/// <summary>Who is expected when. Names and telephone numbers are kept apart.</summary>
public sealed record AppointmentBook(ImmutableDictionary<string, BookedAppointment> ById)
{
    /// <summary>Appointments in the book at most: above it no more are taken.</summary>
    public const int Most = 20_000;

    public static AppointmentBook Empty { get; } = new(ImmutableDictionary.Create<string, BookedAppointment>(StringComparer.Ordinal));

    public bool Full => ById.Count >= Most;

    /// <summary>Null where there is none or it was cancelled.</summary>
    public BookedAppointment? Find(string id) => ById.GetValueOrDefault(id) is { Cancelled: false } booked ? booked : null;

    /// <summary>Of one date of the hall's, in the order of their slots.</summary>
    public IEnumerable<BookedAppointment> On(DateOnly date, TimeZoneInfo zone) => ById.Values
        .Where(booked => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(booked.Slot, zone).DateTime) == date)
        .OrderBy(booked => booked.Slot).ThenBy(booked => booked.Id, StringComparer.Ordinal);

    /// <summary>Under which name and telephone number are kept among the personal data.</summary>
    public static string PersonalId(string appointment) => $"appointment/{appointment}";

    public AppointmentBook After(Note fact, DateTimeOffset at, string? who) => fact switch
    {
        AppointmentBooked e => new(ById.SetItem(e.Appointment, new(e.Appointment, e.Service, e.Slot, e.Language, at, who))),
        AppointmentCancelled e when ById.TryGetValue(e.Appointment, out var booked) => new(ById.SetItem(e.Appointment, booked with { Cancelled = true })),
        _ => this,
    };

    internal AppointmentBook Trimmed(DateTimeOffset since) => new(ById.RemoveRange(ById.Values.Where(booked => booked.Slot < since).Select(booked => booked.Id)));
}
