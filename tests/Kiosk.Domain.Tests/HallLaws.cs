using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
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

    private static readonly Gen<PriorityClass?> Classes = Gen.Frequency(
        (4, Gen.Constant((PriorityClass?)null)), (1, Gen.Elements(Enum.GetValues<PriorityClass>()).Select(priority => (PriorityClass?)priority)));

    private static readonly IReadOnlyList<ServiceId>?[] Further = [null, null, null, [Halls.New], [Halls.Pay, Halls.Vip]];

    private static readonly Gen<HallCommand> Commands = Gen.Frequency(
        (20, from service in SomeService from priority in Classes from then in Gen.Elements(Further)
            select (HallCommand)new TakeTicket(default, service, "en", Class: priority, Then: then)),
        (3, from n in SomeCounter from t in SomeTicket from sitDown in Gen.Elements(true, false) select (HallCommand)new CallTicket(n, t, sitDown)),
        (3, from t in SomeTicket from priority in Classes select (HallCommand)new PrioritiseTicket(t, priority)),
        (1, SomeCounter.Select(n => (HallCommand)new StaffCounter(n, "li"))),
        (1, Gen.Constant((HallCommand)new LeaveCounter("li"))),
        (20, from n in SomeCounter from sitDown in Gen.Elements(true, false) select (HallCommand)new CallNext(n, sitDown)),
        (4, SomeCounter.Select(n => (HallCommand)new Recall(n))),
        (4, SomeCounter.Select(n => (HallCommand)new Begin(n))),
        (6, SomeCounter.Select(n => (HallCommand)new Finish(n))),
        (4, SomeCounter.Select(n => (HallCommand)new MarkNoShow(n))),
        (4, from n in SomeCounter from minutes in Gen.Choose(0, 9) select (HallCommand)new HallCommand.Hold(n, minutes == 0 ? null : TimeSpan.FromMinutes(minutes))),
        (5, SomeTicket.Select(t => (HallCommand)new ResumeTicket(t))),
        (5, from t in SomeTicket from s in SomeService from n in SomeCounter from both in Gen.Choose(0, 2) from back in Gen.Elements(true, false)
            select (HallCommand)new TransferTicket(t, both == 1 ? null : s, both == 0 ? null : n, back)),
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

    internal static Gen<HallCommand> AnyCommand => Commands;

    /// <summary>Halls that differ in how they call; every law holds in each.</summary>
    private static readonly (string Name, HallProfile Site)[] Sites =
    [
        ("accumulating", With(new() { Preference = TimeSpan.FromMinutes(2) }, rules => rules)),
        ("tight bound", With(new() { MayAdd = TimeSpan.FromMinutes(4) }, rules => rules with { NoShowPlace = 3, NoShowGraceCalls = 2 })),
        ("strict", With(new() { Policy = RoutingPolicy.Strict, MayAdd = TimeSpan.FromMinutes(15) }, rules => rules with { HoldFor = TimeSpan.FromMinutes(3) })),
        ("calls by itself", With(new(), rules => rules with { AutoCall = true, BeginOnArrival = true, NoShowPlace = 1 })),
    ];

    /// <summary>Sequences of commands tried in one run of all laws over all sites.</summary>
    private const int Sequences = 100_000;

    public static TheoryData<string> SiteNames => [.. Sites.Select(site => site.Name)];

    [Theory]
    [MemberData(nameof(SiteNames))]
    public void Laws_hold_whatever_people_press_and_in_whatever_order(string name)
    {
        var opened = new Story(HallState.For(Sites.Single(site => site.Name == name).Site, printing: true)).Do(new OpenDay(Halls.Today)).State;
        Prop.ForAll(Commands.ListOf().Select(list => (IReadOnlyList<HallCommand>)[.. list]).ToArbitrary(), commands => Broken(opened, commands) is not { } law
                ? true.ToProperty()
                : false.Label(law))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences / Sites.Length).WithEndSize(80));
    }

    /// <summary>The first law that a sequence breaks, or null.</summary>
    private static string? Broken(HallState opened, IReadOnlyList<HallCommand> commands)
    {
        var story = new Story(opened);
        foreach (var command in commands)
        {
            var (before, count) = (story.State, story.Journal.Count);
            if (command is TakeTicket take) story.Take(take.Service, take.Class, take.Then ?? []);
            else story.Do(command);
            if (story.Refused is null == (story.Journal.Count == count)) return "a decision is either events or one rejection";

            if (BrokenStep(before, story.Journal[count..], story.Now, story.State) is { } step) return $"{command}: {step}";
            foreach (var due in HallClock.Due(story.State, story.Now).ToList()) story.Do(due);
        }

        return BrokenStory(story);
    }

    private static string? BrokenStep(HallState hall, List<HallEvent> facts, DateTimeOffset at, HallState after)
    {
        foreach (var fact in facts)
        {
            if (fact is TicketCalled called && BrokenCall(hall, called) is { } broken) return broken;
            hall = HallDecider.Evolve(hall, fact, at);
        }

        // One fact is folded in one way only, but a ticket that was issued, and where the hall calls by itself.
        return (facts is [] or [not TicketIssued] && !hall.Rules.AutoCall) || SameHall(hall, after) ? null : "the hall after a decision is not what its events make of it";
    }

    private static bool SameHall(HallState one, HallState other) =>
        (one.Phase, one.Day, one.Live, one.NextOrder, one.Waits.Opening, one.Waits.Model.Usual) == (other.Phase, other.Day, other.Live, other.NextOrder, other.Waits.Opening, other.Waits.Model.Usual)
        && one.Tickets.Values.Select(Shown).Order(StringComparer.Ordinal).SequenceEqual(other.Tickets.Values.Select(Shown).Order(StringComparer.Ordinal))
        && one.Counters.Values.Select(Shown).SequenceEqual(other.Counters.Values.Select(Shown))
        && one.Calls.SequenceEqual(other.Calls) && one.Timers.SequenceEqual(other.Timers) && one.Slips.Count == other.Slips.Count
        && one.Services.Keys.All(id => Shown(one.Services[id]) == Shown(other.Services[id]) && one.Services[id].Line.Places.SequenceEqual(other.Services[id].Line.Places));

    private static string Shown(Ticket ticket) => $"{ticket.Id} {ticket.Phase} {ticket.Service} {ticket.Counter} {ticket.StandsSince:O} {ticket.CalledAt:O} {ticket.Calls} {ticket.EndedAt:O} {ticket.OnlyAt} {ticket.Told?.About}";

    private static string Shown(Counter counter) => $"{counter.Id} {counter.Phase} {counter.Ticket} {counter.Clerk} {counter.FreeSince:O} {counter.Line.Count}";

    private static string Shown(Service service) => $"{service.Issued} {service.Calls} {service.Served} {service.ServiceTime}";

    private static string? BrokenCall(HallState hall, TicketCalled called)
    {
        var (counter, ticket) = (hall.Counters[called.Counter], hall.Tickets[called.Ticket]);
        if (counter.Phase != CounterPhase.Open || counter.Ticket is not null) return "called to a counter that is not open and free";
        if (ticket.Phase != TicketPhase.Waiting) return "called while it does not wait";
        if (!(ticket.OnlyAt is { } only ? only == counter.Id : counter.Offers.Contains(ticket.Service))) return "called to a counter that may not call it";

        var why = called.Why!;
        var callable = hall.Tickets.Values.Where(t => t.Phase == TicketPhase.Waiting && (t.OnlyAt is { } there ? there == counter.Id : counter.Offers.Contains(t.Service))).ToList();
        if (why.Waiting != callable.Count || why.Candidates[0].Number != called.Number) return "the reason of a call does not fit it";
        if (why.Rule == CallRule.Chosen) return null;
        if (callable.Any(t => t.Service == ticket.Service && t.Class == ticket.Class && t.OnlyAt == ticket.OnlyAt && t.Place.CompareTo(ticket.Place) < 0)) return "one of the same class and line stood in front";

        // No starvation: whatever the priority, nobody goes before somebody who stands there longer by the bound.
        return callable.Any(t => t.StandsSince + hall.Site.Routing.MayAdd <= ticket.StandsSince && t.StandsSince < ticket.StandsSince) ? "somebody waited longer by more than the bound" : null;
    }

    private static string? BrokenStory(Story story)
    {
        var days = Days(story.Journal).ToList();
        if (!days.All(NumbersRun)) return "numbers of a service and day run from one without gap or repeat";
        if (!InOnePlace(story.State)) return "a ticket stands in one place only and none is lost";
        if (!days.All(CalledAgainOnlyFromTheLine)) return "a ticket is called again only after it was put back in line";
        if (!SlipsOnce(story)) return "a slip is sent once and every further paper is a new copy";
        if (!days.Where(day => day[^1] is DayClosed).All(EverybodyHasAnEnd)) return "a closed day has an end for every ticket";
        var clerks = story.State.Counters.Values.Select(counter => counter.Clerk).OfType<string>().ToList();
        return clerks.Distinct().Count() == clerks.Count ? null : "a clerk sits at one counter";
    }

    private static bool NumbersRun(List<HallEvent> day) => day.OfType<TicketIssued>().GroupBy(e => e.Service)
        .All(g => g.Select(e => e.Number.Serial).SequenceEqual(Enumerable.Range(1, g.Count())));

    private static bool InOnePlace(HallState hall)
    {
        var inLines = hall.Services.Values.SelectMany(s => s.Line.Places).Concat(hall.Counters.Values.SelectMany(c => c.Line.Places)).Select(p => p.Ticket).ToList();
        var atCounters = hall.Counters.Values.Where(c => c.Ticket is not null).Select(c => c.Ticket!.Value).ToList();
        return hall.Tickets.Values.All(t => inLines.Count(id => id == t.Id) == (t.Phase == TicketPhase.Waiting ? 1 : 0)
                && atCounters.Count(id => id == t.Id) == (t.AtCounter ? 1 : 0))
            && hall.Live == hall.Tickets.Values.Count(t => t.Live)
            && hall.Tickets.Values.All(t => t.Phase != TicketPhase.Waiting || t.OnlyAt is not { } only || hall.Counters[only].Phase != CounterPhase.Closed)
            && hall.Timers.Select(timer => timer.Ticket).ToHashSet().SetEquals(hall.Tickets.Values.Where(t => t is { Phase: TicketPhase.Held, HeldUntil: not null }).Select(t => t.Id))
            && inLines.Count + atCounters.Count == hall.Tickets.Values.Count(t => t.Phase == TicketPhase.Waiting || t.AtCounter);
    }

    private static bool CalledAgainOnlyFromTheLine(List<HallEvent> day)
    {
        var called = new HashSet<TicketId>();
        foreach (var fact in day)
        {
            if (fact is TicketCalled call && !called.Add(call.Ticket)) return false;
            if (fact is TicketResumed resumed) called.Remove(resumed.Ticket);
            if (fact is TicketTransferred moved) called.Remove(moved.Ticket);
            if (fact is TicketContinued on) called.Remove(on.Ticket);
        }

        return true;
    }

    private static bool SlipsOnce(Story story)
    {
        var sending = new HashSet<SlipId>();
        foreach (var fact in story.Journal)
        {
            if (fact is SlipSending slip && !sending.Add(new(slip.Ticket, slip.Copy))) return false;
            if (fact is SlipRequeued again) sending.Remove(new(again.Ticket, again.Copy));
        }

        return story.Journal.OfType<SlipQueued>().GroupBy(e => e.Ticket).All(g => g.Select(e => e.Copy).SequenceEqual(Enumerable.Range(0, g.Count())));
    }

    private static bool EverybodyHasAnEnd(List<HallEvent> day) => day.OfType<TicketIssued>()
        .All(issued => day.Last(fact => EndOf(fact) == issued.Ticket) is ServiceFinished or TicketNoShow or TicketCancelled or TicketAbandoned);

    private static TicketId? EndOf(HallEvent fact) => fact switch
    {
        TicketIssued e => e.Ticket,
        TicketCalled e => e.Ticket,
        TicketResumed e => e.Ticket,
        TicketHeld e => e.Ticket,
        TicketTransferred e => e.Ticket,
        TicketContinued e => e.Ticket,
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

    private static HallProfile With(RoutingProfile routing, Func<HallRules, HallRules> rules) => Halls.Profile with { Routing = routing, Rules = rules(Halls.Profile.Rules) };
}
