using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;

namespace Kiosk.Ui.Tests.Support;

/// <summary>The appointment book, written by the test.</summary>
internal sealed class FakeAppointments : IAppointments
{
    private readonly Dictionary<string, (ServiceId Service, DateTimeOffset Slot)> _booked = new(StringComparer.Ordinal);

    public void Book(string id, string service, DateTimeOffset slot)
    {
        lock (_booked) _booked[id] = (new(service), slot);
    }

    public Appointment? Find(string id, out ServiceId service)
    {
        lock (_booked)
        {
            var known = _booked.TryGetValue(id, out var booked);
            service = booked.Service;
            return known ? new(id, booked.Slot) : null;
        }
    }
}
