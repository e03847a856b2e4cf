using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Simulation.Day;

/// <summary>Customers of one day: they arrive in two waves, some with priority or an appointment, some lose patience.</summary>
internal sealed class Customers(DayJournal journal, Agenda agenda, Chance chance, DateOnly day)
{
    /// <summary>Relative arrivals of each half hour from the opening at 08:30.</summary>
    private static readonly int[] Waves = [5, 8, 11, 13, 13, 11, 8, 6, 5, 6, 8, 10, 11, 10, 8, 6, 5, 3, 2];

    private static readonly (string Service, int Weight)[] Services = [("pay", 45), ("new-number", 22), ("plan-change", 20), ("complaints", 9), ("vip", 4)];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(90);

    private int _appointments;

    public int Came { get; private set; }

    /// <summary>Plans the arrivals of a day.</summary>
    public void Plan(int count, DateTimeOffset opening)
    {
        for (var n = 0; n < count; n++)
        {
            var half = Weighted(Waves);
            var at = opening + TimeSpan.FromMinutes(30 * half) + chance.Between(0, 1800);
            agenda.At(at, Arrive);
        }
    }

    private void Arrive()
    {
        Came++;
        var service = new ServiceId(Services[Weighted([.. Services.Select(entry => entry.Weight)])].Service);
        var language = chance.One(["zh-CN", "zh-CN", "zh-CN", "zh-TW", "en"]);
        if (chance.Percent(6)) Book(service, language);
        else Take(new(new(chance.Code(12)), service, language, Class: Priority(), Then: Further(service), AskIfLong: true));
    }

    // The appointment was made days ago; the fact is written at the latest moment that still makes sense of it.
    private void Book(ServiceId service, string language)
    {
        var id = $"{day:MMdd}{++_appointments:00}";
        var slot = agenda.Now + chance.Between(-600, 1500);
        journal.Note("manager", new HallEvent.AppointmentBooked(id, service, slot, language), "guide.1");
        Take(new(new(chance.Code(12)), service, language, Appointment: new(id, slot)));
    }

    private void Take(TakeTicket take)
    {
        var guided = take.Class is not null;
        var taken = journal.Ask(guided ? "guide" : "kiosk", take, guided ? "guide.1" : null);
        if (!taken && take.AskIfLong && chance.Percent(70)) taken = journal.Ask("kiosk", take with { AskIfLong = false });
        if (!taken) return;

        agenda.In(chance.Between(1, 3), () => Print(take.Id));
        agenda.In(chance.Exponential(Patience), () => GiveUp(take.Id));
    }

    private void Print(TicketId ticket)
    {
        var slip = new SlipId(ticket, 0);
        if (journal.Ask("printer", new SendSlip(slip))) journal.Ask("printer", new ReportSlip(slip, SlipReport.Printed));
    }

    private void GiveUp(TicketId ticket)
    {
        if (journal.Hall.Tickets.TryGetValue(ticket, out var now) && now.Phase == TicketPhase.Waiting) journal.Ask("phone", new CancelTicket(ticket));
    }

    private PriorityClass? Priority() => chance.Below(100) switch
    {
        < 9 => PriorityClass.Senior,
        < 11 => PriorityClass.Disabled,
        < 13 => PriorityClass.Pregnant,
        < 16 => PriorityClass.Vip,
        _ => null,
    };

    private ServiceId[]? Further(ServiceId first) => chance.Percent(5) && first.Value != "pay" ? [new("pay")] : null;

    private int Weighted(int[] weights)
    {
        var point = chance.Below(weights.Sum());
        for (var index = 0; ; index++)
        {
            point -= weights[index];
            if (point < 0) return index;
        }
    }
}
