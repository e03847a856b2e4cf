using Kiosk.Domain.Hall;
using Kiosk.Journal;
using Kiosk.Simulation.Day;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests;

/// <summary>Busy days by the real rules: two thousand customers, and a weekend on which the clocks change.</summary>
public sealed class SimulatedDayTests
{
    private static readonly DateOnly Monday = new(2026, 1, 5);

    [Fact]
    public void Day_of_two_thousand_customers_is_the_same_twice()
    {
        var (once, again) = (Run(7), Run(7));

        Assert.Equal(once.Digest(), again.Digest());
        Assert.NotEqual(once.Digest(), Run(8).Digest());
        Assert.True(once.Entries.Count > 12_000, "the day is too quiet to mean anything");
        Assert.IsType<DayClosed>(once.Entries[^1].Fact is DayClosed ? once.Entries[^1].Fact : once.Entries.Last(entry => entry.Fact is not Note and not CounterLeft).Fact);
    }

    [Fact]
    public void Every_number_was_printed_once_and_every_customer_has_an_end()
    {
        var facts = Run(3).Entries.Select(entry => entry.Fact).ToList();
        var issued = facts.OfType<TicketIssued>().Select(fact => fact.Ticket).ToList();

        Assert.Equal(issued.Order(Ids), facts.OfType<SlipPrinted>().Select(fact => fact.Ticket).Order(Ids));
        var ends = facts.Where(fact => fact is ServiceFinished or TicketNoShow or TicketCancelled or TicketAbandoned)
            .Select(fact => fact switch { ServiceFinished e => e.Ticket, TicketNoShow e => e.Ticket, TicketCancelled e => e.Ticket, _ => ((TicketAbandoned)fact).Ticket });
        Assert.Equal(issued.Order(Ids), ends.Distinct().Order(Ids));
    }

    [Fact]
    public void Day_uses_everything_that_can_happen_to_a_ticket()
    {
        var types = Run(1).Entries.Select(entry => EventCodec.TypeOf(entry.Fact)).ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "ticket-issued", "ticket-called", "ticket-recalled", "service-begun", "service-finished", "ticket-no-show", "ticket-held", "ticket-resumed", "ticket-transferred",
                "ticket-continued", "ticket-prioritised", "ticket-cancelled", "counter-paused", "appointment-booked", "feedback-given", "staff-signed-in", "counter-staffed", "day-checked",
            },
            types);
        var rules = Run(1).Entries.Select(entry => entry.Fact).OfType<TicketCalled>().Select(call => call.Why!.Rule).Distinct();
        Assert.Superset(new HashSet<CallRule> { CallRule.LongestWait, CallRule.Priority, CallRule.OwnCustomers, CallRule.SentHere, CallRule.Chosen }, rules.ToHashSet());
    }

    [Fact]
    public void Two_days_in_a_row_each_begin_at_number_one()
    {
        var facts = SimulatedDays.Run(SimulatedHall.Read(), Monday, 2, 300, 1).Entries.Select(entry => entry.Fact).ToList();

        Assert.Equal([Monday, Monday.AddDays(1)], facts.OfType<DayOpened>().Select(day => day.Day));
        Assert.Equal(2, facts.OfType<TicketIssued>().Count(issued => issued.Number == new TicketNumber('A', 1)));
    }

    private static DayJournal Run(int seed) => SimulatedDays.Run(SimulatedHall.Read(), Monday, 1, 2000, seed);

    private static IComparer<TicketId> Ids { get; } = Comparer<TicketId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));
}
