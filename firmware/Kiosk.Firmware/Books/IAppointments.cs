using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Books;

/// <summary>Where a check-in finds the appointment that a customer names.</summary>
internal interface IAppointments
{
    /// <summary>Null where there is no such appointment or it was cancelled.</summary>
    /// <param name="id">Six digits, as the customer was told.</param>
    Appointment? Find(string id, out ServiceId service);
}
