using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests;

/// <summary>What is true of every hall whatever people press.</summary>
public sealed class HallLaws
{
    private static readonly Gen<CounterId> SomeCounter = Gen.Choose(1, 5).Select(n => new CounterId(n));
    private static readonly Gen<ServiceId> SomeService = Gen.Elements(Halls.Pay, Halls.New, Halls.Vip, new ServiceId("unknown"));

    // Ids are drawn from a small pool so that commands meet tickets that exist; a taken id is re-drawn when the command is run.
    private static readonly Gen<TicketId> SomeTicket = Gen.Choose(0, 30).Select(n => new TicketId($"t{n:00000000000}"));

    private static readonly Gen<HallCommand> Commands = Gen.Frequency(
        (20, SomeService.Select(service => (HallCommand)new TakeTicket(default, service, "en"))),
        (20, from n in SomeCounter from sitDown in Gen.Elements(true, false) select (HallCommand)new CallNext(n, sitDown)),
        (4, SomeCounter.Select(n => (HallCommand)new Recall(n))),
        (4, SomeCounter.Select(n => (HallCommand)new Begin(n))),
        (6, SomeCounter.Select(n => (HallCommand)new Finish(n))),
        (4, SomeCounter.Select(n => (HallCommand)new MarkNoShow(n))),
        (4, SomeCounter.Select(n => (HallCommand)new HallCommand.Hold(n))),
        (5, SomeTicket.Select(t => (HallCommand)new ResumeTicket(t))),
        (5, from t in SomeTicket from s in SomeService from n in SomeCounter from both in Gen.Choose(0, 2)
            select (HallCommand)new TransferTicket(t, both == 1 ? null : s, both == 0 ? null : n)),
        (3, SomeTicket.Select(t => (HallCommand)new CancelTicket(t))),
        (3, SomeTicket.Select(t => (HallCommand)new PrintTicket(t))),
        (6, from t in SomeTicket from copy in Gen.Choose(0, 2) select (HallCommand)new SendSlip(new(t, copy))),
        (6, from t in SomeTicket from copy in Gen.Choose(0, 2) from report in Gen.Elements(Enum.GetValues<SlipReport>())
            select (HallCommand)new ReportSlip(new(t, copy), report, "OutOfPaper")),
        (6, SomeCounter.Select(n => (HallCommand)new OpenCounter(n))),
        (2, SomeCounter.Select(n => (HallCommand)new PauseCounter(n))),
        (2, SomeCounter.Select(n => (HallCommand)new ResumeCounter(n))),
        (2, SomeCounter.Select(n => (HallCommand)new CloseCounter(n))),
        (1, Gen.Choose(0, 3).Select(days => (HallCommand)new OpenDay(Halls.Today.AddDays(days)))),
        (1, Gen.Elements(true, false).Select(force => (HallCommand)new CloseDay(force))));

    [Fact]
    public void Numbers_of_a_service_and_day_run_from_one_without_gap_or_repeat() => Always(story =>
        Days(story.Journal).All(day => day.OfType<TicketIssued>().GroupBy(e => e.Service)
            .All(g => g.Select(e => e.Number.Serial).SequenceEqual(Enumerable.Range(1, g.Count())))));

    [Fact]
    public void Ticket_stands_in_one_place_only_and_none_is_lost() => Always(story =>
    {
        var hall = story.State;
        var inLines = hall.Services.Values.SelectMany(s => s.Line.Places).Concat(hall.Counters.Values.SelectMany(c => c.Line.Places)).Select(p => p.Ticket).ToList();
        var atCounters = hall.Counters.Values.Where(c => c.Ticket is not null).Select(c => c.Ticket!.Value).ToList();
        return hall.Tickets.Values.All(t => inLines.Count(id => id == t.Id) == (t.Phase == TicketPhase.Waiting ? 1 : 0)
                && atCounters.Count(id => id == t.Id) == (t.AtCounter ? 1 : 0))
            && hall.Live == hall.Tickets.Values.Count(t => t.Live)
            && inLines.Count + atCounters.Count == hall.Tickets.Values.Count(t => t.Phase == TicketPhase.Waiting || t.AtCounter);
    });

    [Fact]
    public void Ticket_is_called_again_only_after_it_was_put_back_in_line() => Always(story =>
        Days(story.Journal).All(day =>
        {
            var out_ = new HashSet<TicketId>();
            foreach (var fact in day)
            {
                if (fact is TicketCalled called && !out_.Add(called.Ticket)) return false;
                if (fact is TicketResumed resumed) out_.Remove(resumed.Ticket);
                if (fact is TicketTransferred moved) out_.Remove(moved.Ticket);
            }

            return true;
        }));

    [Fact]
    public void Nobody_is_called_to_a_counter_that_is_not_open_or_does_not_offer_the_service() => AlwaysStep((before, _, facts) =>
    {
        var hall = before;
        foreach (var fact in facts)
        {
            if (fact is TicketCalled called
                && (hall.Counters[called.Counter].Phase != CounterPhase.Open || !hall.Counters[called.Counter].Offers.Contains(called.Service))) return false;
            hall = HallDecider.Evolve(hall, fact, Halls.Opening);
        }

        return true;
    });

    [Fact]
    public void Called_ticket_was_the_longest_waiting_of_those_the_counter_may_call() => AlwaysStep((before, _, facts) =>
        facts.OfType<TicketCalled>().All(called =>
        {
            var counter = before.Counters[called.Counter];
            return before.Tickets.Values
                .Where(t => t.Phase == TicketPhase.Waiting && (t.OnlyAt == counter.Id || (t.OnlyAt is null && counter.Offers.Contains(t.Service))))
                .All(t => t.Id == called.Ticket || t.IssuedAt >= before.Tickets[called.Ticket].IssuedAt);
        }));

    [Fact]
    public void Decision_is_either_events_or_one_rejection() =>
        AlwaysDecided(decision => decision.Rejection is null != decision.Events.IsEmpty);

    [Fact]
    public void Slip_is_sent_once_and_every_further_paper_is_a_new_copy() => Always(story =>
    {
        var sending = new HashSet<SlipId>();
        foreach (var fact in story.Journal)
        {
            if (fact is SlipSending slip && !sending.Add(new(slip.Ticket, slip.Copy))) return false;
            if (fact is SlipRequeued again) sending.Remove(new(again.Ticket, again.Copy));
        }

        return story.Journal.OfType<SlipQueued>().GroupBy(e => e.Ticket).All(g => g.Select(e => e.Copy).SequenceEqual(Enumerable.Range(0, g.Count())));
    });

    [Fact]
    public void Closed_day_has_an_end_for_every_ticket() => Always(story => Days(story.Journal).Where(day => day[^1] is DayClosed).All(day =>
        day.OfType<TicketIssued>().All(issued => day.Last(fact => EndOf(fact) == issued.Ticket) is ServiceFinished or TicketNoShow or TicketCancelled or TicketAbandoned)));

    private static TicketId? EndOf(HallEvent fact) => fact switch
    {
        TicketIssued e => e.Ticket,
        TicketCalled e => e.Ticket,
        TicketResumed e => e.Ticket,
        TicketHeld e => e.Ticket,
        TicketTransferred e => e.Ticket,
        ServiceFinished e => e.Ticket,
        TicketNoShow e => e.Ticket,
        TicketCancelled e => e.Ticket,
        TicketAbandoned e => e.Ticket,
        _ => null,
    };

    private static IEnumerable<List<HallEvent>> Days(IEnumerable<HallEvent> journal)
    {
        var day = new List<HallEvent>();
        foreach (var fact in journal)
        {
            if (fact is DayOpened && day.Count > 0)
            {
                yield return day;
                day = [];
            }

            day.Add(fact);
        }

        if (day.Count > 0) yield return day;
    }

    private static void Always(Func<Story, bool> law) => Check(commands => law(Run(commands)));

    private static void AlwaysStep(Func<HallState, HallCommand, IReadOnlyList<HallEvent>, bool> law) => Check(commands =>
    {
        var story = new Story(Halls.Open);
        foreach (var command in commands)
        {
            var (before, count) = (story.State, story.Journal.Count);
            Tell(story, command);
            if (!law(before, command, story.Journal[count..])) return false;
        }

        return true;
    });

    private static void AlwaysDecided(Func<Decision, bool> law) => Check(commands =>
    {
        var hall = Run(commands.SkipLast(1)).State;
        return commands.Count == 0 || commands[^1] is TakeTicket || law(HallDecider.Decide(hall, commands[^1], Halls.Opening.AddDays(1)));
    });

    private static void Check(Func<IReadOnlyList<HallCommand>, bool> law) =>
        Prop.ForAll(Commands.ListOf().Select(list => (IReadOnlyList<HallCommand>)[.. list]).ToArbitrary(), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(200));

    private static Story Run(IEnumerable<HallCommand> commands)
    {
        var story = new Story(Halls.Open);
        foreach (var command in commands) Tell(story, command);
        return story;
    }

    private static void Tell(Story story, HallCommand command)
    {
        if (command is TakeTicket take) story.Take(take.Service);
        else story.Do(command);
    }
}
