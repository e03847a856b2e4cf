using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Bench.Growth;

/// <summary>Closed days before the one on which it is measured, written into a journal as the engine would have: 2,000 customers a day, six counters.</summary>
internal sealed class PastDays
{
    private const int TicketsADay = 2000, Counters = 6, EventsAtOnce = 6500;

    private static readonly TimeSpan Opens = TimeSpan.FromHours(9), Between = TimeSpan.FromSeconds(14.4), Wait = TimeSpan.FromMinutes(5), Service = TimeSpan.FromSeconds(80);

    private static readonly ServiceId Pays = new(BenchProfile.Services[0]);

    private DateOnly _next;

    /// <param name="lastDay">The days end on it, if all of <paramref name="most"/> are written.</param>
    public PastDays(DateOnly lastDay, int most) => _next = lastDay.AddDays(1 - Days(most));

    public int Tickets { get; private set; }

    /// <summary>Whole days until there are so many.</summary>
    public void Grow(SqliteJournal journal, int tickets, BenchRun run, CancellationToken cancel)
    {
        while (Tickets < tickets)
        {
            cancel.ThrowIfCancellationRequested();
            run.Tick("tickets of past days", Tickets, tickets);
            var count = Math.Min(TicketsADay, tickets - Tickets);
            foreach (var entries in Day(_next, count, Tickets).Chunk(EventsAtOnce)) journal.Append(entries);
            (_next, Tickets) = (_next.AddDays(1), Tickets + count);
        }
    }

    private static int Days(int tickets) => (tickets + TicketsADay - 1) / TicketsADay;

    private static IEnumerable<Entry> Day(DateOnly day, int count, int before)
    {
        var opens = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + Opens;
        yield return Entry(opens, new HallEvent.DayOpened(day));
        for (var counter = 1; counter <= Counters; counter++) yield return Entry(opens, new HallEvent.CounterOpened(new(counter)));
        var facts = new List<(DateTimeOffset At, HallEvent Fact)>(count * 3);
        for (var n = 0; n < count; n++)
        {
            var (ticket, number, counter, at) = (new TicketId($"t{before + n:000000000000}"), new TicketNumber('A', n + 1), new CounterId((n % Counters) + 1), opens + (n * Between));
            facts.Add((at, new HallEvent.TicketIssued(ticket, number, Pays, "en", 20)));
            facts.Add((at + Wait, new HallEvent.TicketCalled(ticket, number, Pays, counter)));
            facts.Add((at + Wait + Service, new HallEvent.ServiceFinished(ticket, number, counter)));
        }

        foreach (var (at, fact) in facts.OrderBy(fact => fact.At)) yield return Entry(at, fact);
        yield return Entry(opens + TimeSpan.FromHours(9), new HallEvent.DayClosing(day));
        yield return Entry(opens + TimeSpan.FromHours(9), new HallEvent.DayClosed(day));
    }

    private static Entry Entry(DateTimeOffset at, HallEvent fact) => new(at, fact, null, "bench");
}
