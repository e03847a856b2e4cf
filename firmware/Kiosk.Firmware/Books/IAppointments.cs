using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Books;

/// <summary>Appointments as a ticket machine needs them.</summary>
internal interface IAppointments
{
    /// <summary>The booked appointment of that code, or null where there is none or it was cancelled.</summary>
    /// <param name="service">What it was booked for; meaningless where there is none.</param>
    Appointment? Find(string id, out ServiceId service);
}
