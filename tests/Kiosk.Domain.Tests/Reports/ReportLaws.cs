using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Reports;

/// <summary>What is true of the report of every day, whatever people pressed, also while it is running.</summary>
public sealed class ReportLaws
{
    private static readonly Gen<CounterId> SomeCounter = Gen.Choose(1, 4).Select(n => new CounterId(n));
    private static readonly Gen<ServiceId> SomeService = Gen.Elements(Halls.Pay, Halls.New, Halls.Vip);
    private static readonly Gen<TicketId> SomeTicket = Gen.Choose(1, 25).Select(n => new TicketId($"t{n}"));

    private static readonly Gen<(HallCommand Command, int Seconds)> Steps =
        from seconds in Gen.Frequency((6, Gen.Choose(0, 300)), (1, Gen.Choose(1800, 9000)))
        from command in Gen.Frequency(
            (20, from service in SomeService from other in SomeService from twice in Gen.Choose(0, 4) from priority in Gen.Elements<PriorityClass?>(null, null, PriorityClass.Senior)
                select (HallCommand)new TakeTicket(default, service, "en", Class: priority, Then: twice == 0 && other != service ? [other] : null)),
            (20, from n in SomeCounter from sitDown in Gen.Elements(true, false) select (HallCommand)new CallNext(n, sitDown)),
            (4, SomeCounter.Select(n => (HallCommand)new Recall(n))),
            (6, SomeCounter.Select(n => (HallCommand)new Begin(n))),
            (10, SomeCounter.Select(n => (HallCommand)new Finish(n))),
            (4, SomeCounter.Select(n => (HallCommand)new MarkNoShow(n))),
            (4, SomeCounter.Select(n => (HallCommand)new HallCommand.Hold(n))),
            (8, SomeTicket.Select(t => (HallCommand)new ResumeTicket(t))),
            (6, from t in SomeTicket from s in SomeService from n in SomeCounter from both in Gen.Choose(0, 2) from back in Gen.Elements(true, false)
                select (HallCommand)new TransferTicket(t, both == 1 ? null : s, both == 0 ? null : n, back)),
            (3, SomeTicket.Select(t => (HallCommand)new CancelTicket(t))),
            (2, from t in SomeTicket from priority in Gen.Elements<PriorityClass?>(null, PriorityClass.Vip) select (HallCommand)new PrioritiseTicket(t, priority)),
            (4, from n in SomeCounter from clerk in Gen.Elements("li", "wang") select (HallCommand)new StaffCounter(n, clerk)),
            (2, Gen.Elements("li", "wang").Select(clerk => (HallCommand)new LeaveCounter(clerk))),
            (3, SomeCounter.Select(n => (HallCommand)new PauseCounter(n))),
            (3, SomeCounter.Select(n => (HallCommand)new ResumeCounter(n))),
            (3, SomeCounter.Select(n => (HallCommand)new CloseCounter(n))),
            (1, Gen.Elements(true, false).Select(force => (HallCommand)new CloseDay(force))))
        select (command, seconds);

    [Fact]
    public void Issued_is_served_and_no_show_and_cancelled_and_abandoned_and_open_as_a_whole_and_in_each_part() =>
        Always(hall => hall.Report().Figures.AddsUp);

    [Fact]
    public void What_is_open_is_what_the_hall_itself_says() => Always(hall =>
    {
        var (flow, state) = (hall.Report().Figures.Flow, hall.State);
        if (state.Phase == DayPhase.Closed) return flow.Open == 0;
        return flow.Waiting == state.Waiting
            && flow.AtCounter == state.Counters.Values.Count(counter => counter.Ticket is not null)
            && flow.Served == state.Tickets.Values.Count(ticket => ticket.Phase == TicketPhase.Finished)
            && flow.NoShow == state.Tickets.Values.Count(ticket => ticket.Phase == TicketPhase.NoShow)
            && flow.Issued == state.Tickets.Count;
    });

    [Fact]
    public void Counters_and_clerks_are_never_busier_than_they_could_be() => Always(hall =>
    {
        var all = hall.Report().Figures;
        return all.Counters.All(counter => counter.Paused + counter.Serving <= counter.Open + 1 && counter.Utilisation is null or (>= 0 and <= 1))
            && all.Clerks.Sum(clerk => clerk.Available) <= all.Counters.Sum(counter => counter.Open - counter.Paused) + all.Counters.Count
            && all.Counters.Sum(counter => counter.Served) == all.Service.Count
            && all.HalfHours.Sum(half => half.Finished) == all.Service.Count
            && all.HalfHours.Sum(half => half.Called) == all.Rules.Sum(rule => rule.Calls);
    });

    [Fact]
    public void Report_made_in_pieces_is_the_report_made_at_once() => Always(hall =>
    {
        var pieces = Tallies.Of(hall.Journal.Take(1));
        foreach (var (fact, at, who) in hall.Journal.Skip(1))
        {
            pieces.Report(at.AddHours(1));
            pieces.Add(fact, at, who);
        }

        return ReportJson.Bytes(pieces.Report(hall.Now)).AsSpan().SequenceEqual(ReportJson.Bytes(hall.Report()));
    });

    private static void Always(Func<Tallies, bool> law) =>
        Prop.ForAll(Steps.ListOf().Select(list => list.ToList()).ToArbitrary(), steps =>
        {
            var (hall, ids) = (new Tallies().Must(new OpenDay(Halls.Today)), 0);
            foreach (var (command, seconds) in steps)
            {
                hall.Wait(TimeSpan.FromSeconds(seconds));
                if (command is TakeTicket take) hall.Do(take with { Id = new($"t{++ids}") });
                else hall.Do(command, ids % 3 == 0 ? "zhao" : null);
            }

            return law(hall);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(150));
}
