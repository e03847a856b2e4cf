using Kiosk.Domain.Books;

namespace Kiosk.Ui.Screens.Manager;

/// <param name="State"><c>booked</c>, <c>checked-in</c>, <c>missed</c>, <c>cancelled</c>.</param>
/// <param name="Number">Of the ticket it was checked in with today, or null.</param>
/// <param name="Contact">Long numbers masked to their last four; null: none was left, or it is erased.</param>
public sealed record AppointmentLine(BookedAppointment Booked, string State, string? Number, string? Contact);
