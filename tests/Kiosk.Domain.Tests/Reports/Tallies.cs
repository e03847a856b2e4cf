using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Reports;

/// <summary>A hall of which every event is kept with its time, and the report of its last day.</summary>
internal sealed class Tallies
{
    private readonly List<(HallEvent Fact, DateTimeOffset At, string? Who)> _journal = [];

    public HallState State { get; private set; } = Halls.New_;

    public DateTimeOffset Now { get; private set; } = Halls.Opening;

    public IReadOnlyList<(HallEvent Fact, DateTimeOffset At, string? Who)> Journal => _journal;

    public Tallies At(string time)
    {
        Now = DateTimeOffset.Parse($"2026-01-05T{time}+08:00", System.Globalization.CultureInfo.InvariantCulture);
        return this;
    }

    public Tallies Wait(TimeSpan span)
    {
        Now += span;
        return this;
    }

    /// <summary>Refusals do nothing.</summary>
    public Tallies Do(HallCommand command, string? who = null)
    {
        var decision = HallDecider.Decide(State, command, Now);
        State = HallDecider.Evolve(State, decision.Events, Now);
        _journal.AddRange(decision.Events.Select(fact => (fact, Now, who)));
        return this;
    }

    public Tallies Must(HallCommand command, string? who = null)
    {
        var before = _journal.Count;
        Do(command, who);
        Assert.True(_journal.Count > before, $"{command} was refused");
        return this;
    }

    public Tallies Take(string id, ServiceId service, PriorityClass? priority = null) => Must(new HallCommand.TakeTicket(new(id), service, "en", Class: priority));

    public DayTally Tally(Carry? carry = null, ReportTerms? terms = null) => Of(_journal, carry, terms);

    public DayReport Report(Carry? carry = null) => Tally(carry).Report(Now);

    public static DayTally Of(IEnumerable<(HallEvent Fact, DateTimeOffset At, string? Who)> journal, Carry? carry = null, ReportTerms? terms = null)
    {
        DayTally? tally = null;
        foreach (var (fact, at, who) in journal)
        {
            if (fact is DayOpened opened) tally = new(terms ?? ReportTerms.Of(Halls.Profile), opened.Day, at, carry ?? Carry.Nothing);
            else tally?.Add(fact, at, who);
        }

        return tally!;
    }
}
