using System.Diagnostics;
using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Simulation.Day;

/// <summary>Whole days of a busy hall by the real rules, from one seed, in seconds.</summary>
internal static class SimulatedDays
{
    /// <summary>The events of days in a row, each with its own customers; the hall goes from one day into the next.</summary>
    public static DayJournal Run(HallProfile site, DateOnly first, int days, int customers, int seed)
    {
        var chance = new Chance(seed);
        var agenda = new Agenda(Local(site, first, new(7, 0)));
        var journal = new DayJournal(HallState.For(site, printing: true), agenda);
        for (var day = first; day < first.AddDays(days); day = day.AddDays(1)) Plan(journal, agenda, chance, site, day, customers);
        agenda.Run();
        return journal;
    }

    /// <summary><c>./kiosk day</c>: runs it twice, compares, and writes a journal where one was asked for.</summary>
    public static int Report(DateOnly first, int days, int customers, int seed, string? data)
    {
        var site = SimulatedHall.Read();
        var watch = Stopwatch.StartNew();
        var (once, again) = (Run(site, first, days, customers, seed), Run(site, first, days, customers, seed));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{days} day(s) of {customers} customers from {first:yyyy-MM-dd}, seed {seed}: {once.Entries.Count} events; two runs in {watch.Elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine($"journal digest {once.Digest()}");
        if (once.Digest() != again.Digest())
        {
            Console.WriteLine("FAIL: the second run came out differently");
            return 1;
        }

        foreach (var group in once.Entries.GroupBy(entry => EventCodec.TypeOf(entry.Fact)).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Count(),7} {group.Key}"));
        }

        foreach (var (rejection, count) in once.Refused.OrderByDescending(pair => pair.Value)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,7} refused: {rejection.Code()}"));
        if (data is not null) Write(once, data);
        return 0;
    }

    private static void Write(DayJournal days, string data)
    {
        using var journal = SqliteJournal.Open(Path.GetFullPath(data), "kiosk day");
        if (journal.LastSeq > 0) throw new InvalidOperationException($"{data} holds a journal already: name an empty directory.");

        foreach (var page in WithForecasts(days.Entries, SimulatedHall.Read()).Chunk(1000)) journal.Append(page);
        Console.WriteLine($"written to {data}: ./kiosk run --data {data}");
    }

    // As the host fixes them when a day opens: from the days before it.
    private static IEnumerable<Entry> WithForecasts(IEnumerable<Entry> entries, HallProfile site)
    {
        var (past, terms) = (new List<PastDay>(), ReportTerms.Of(site));
        DayTally? tally = null;
        foreach (var entry in entries)
        {
            yield return entry;
            if (entry.Fact is not DayOpened opened)
            {
                tally?.Add(entry.Fact, entry.At, entry.Who);
                continue;
            }

            if (tally is not null && PastDay.Of(tally.Report(default)) is { } over) past.Add(over);
            tally = new(terms, opened.Day, entry.At, Carry.Nothing);
            if (ForecastPlan.Forecast(site, past, opened.Day) is DayForecast.Ready ready) yield return new(entry.At, new ArrivalsForecast(ForecastPlan.Keep(site, past, ready)), null, "clock");
        }
    }

    private static void Plan(DayJournal journal, Agenda agenda, Chance chance, HallProfile site, DateOnly day, int customers)
    {
        var opening = Local(site, day, new(8, 30));
        agenda.At(Local(site, day, new(7, 0)), () => Clock(journal, agenda, site, day));
        agenda.At(Local(site, day, new(8, 10)), () => Check(journal, chance, "opening"));
        foreach (var (index, counter) in site.Counters.Index())
        {
            new Clerk(journal, agenda, chance, counter.Number, $"clerk.{counter.Number}").SitDown(Local(site, day, new(8, 25)), Local(site, day, new(11, 0)) + TimeSpan.FromMinutes(8 * index));
        }

        new Customers(journal, agenda, chance, day).Plan(customers, opening);
        agenda.At(opening + TimeSpan.FromMinutes(40), () => Urgent(journal, agenda, chance));
        agenda.At(Local(site, day, new(10, 20)), () => journal.Note("devices", new DeviceFaulted("ticket-printer", "OutOfPaper")));
        agenda.At(Local(site, day, new(10, 23)), () => journal.Note("devices", new DeviceRecovered("ticket-printer")));
        agenda.At(Local(site, day, new(15, 0)), () => journal.Note("kiosk", new SuggestionMade(chance.Code(6), chance.One(["suggestion", "complaint"]), "More chairs near the door, please.", false)));
        agenda.At(Local(site, day, new(17, 30)), () => journal.Note("manager", new HandOverWritten(chance.Code(6), "", "", "duty.2"), "duty.1"));
    }

    // What the host does every second, a little less often.
    private static void Clock(DayJournal journal, Agenda agenda, HallProfile site, DateOnly day)
    {
        while (HallClock.DueDay(journal.Hall, agenda.Now) is { } change && journal.Ask("clock", change)) { }
        foreach (var due in HallClock.Due(journal.Hall, agenda.Now).ToList()) journal.Ask("clock", due);
        if (agenda.Now < Local(site, day, new(23, 0))) agenda.In(TimeSpan.FromSeconds(10), () => Clock(journal, agenda, site, day));
    }

    private static void Check(DayJournal journal, Chance chance, string kind) => journal.Note("manager", new DayChecked(
        chance.Code(6), kind, true, [new("ticket-printer", "TicketPrinter", true, null, ""), new("broker", "Broker", true, null, "")]), "duty.1");

    private static void Urgent(DayJournal journal, Agenda agenda, Chance chance)
    {
        var waiting = journal.Hall.Tickets.Values.Where(ticket => ticket is { Phase: TicketPhase.Waiting, Class: null }).OrderBy(ticket => ticket.Order).ToList();
        if (waiting.Count > 0) journal.Ask("guide", new HallCommand.PrioritiseTicket(chance.One(waiting).Id, PriorityClass.Urgent), "guide.1");
        if (journal.Hall.Phase == DayPhase.Open) agenda.In(TimeSpan.FromMinutes(12), () => Urgent(journal, agenda, chance));
    }

    private static DateTimeOffset Local(HallProfile site, DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time);
        return new(wall, site.TimeZone.GetUtcOffset(wall));
    }
}
