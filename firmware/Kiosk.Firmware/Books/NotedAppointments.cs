using Kiosk.Domain.Hall;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Books;

/// <summary>Appointments as the journal's notes tell them: read when somebody asks, from where the last reading ended.</summary>
internal sealed class NotedAppointments(IArchive archive, TimeProvider time) : IAppointments
{
    private const int Page = 500;

    /// <summary>Slots that are over for this long are forgotten: nobody checks in for them any more.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AppointmentBooked> _open = new(StringComparer.Ordinal);
    private long _read;

    public Appointment? Find(string id, out ServiceId service)
    {
        lock (_gate)
        {
            Read();
            var booked = _open.GetValueOrDefault(id);
            service = booked?.Service ?? default;
            return booked is null ? null : new(booked.Appointment, booked.Slot);
        }
    }

    private void Read()
    {
        while (archive.ReadNotes(_read, Page) is { Count: > 0 } notes)
        {
            foreach (var note in notes)
            {
                if (note.Fact is AppointmentBooked booked) _open[booked.Appointment] = booked;
                if (note.Fact is AppointmentCancelled cancelled) _open.Remove(cancelled.Appointment);
            }

            _read = notes[^1].Seq;
        }

        var old = time.GetUtcNow() - Kept;
        foreach (var over in _open.Values.Where(booked => booked.Slot < old).ToList()) _open.Remove(over.Appointment);
    }
}
