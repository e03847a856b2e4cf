using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Simulation.Day;

/// <summary>One clerk at one counter: calls, waits for the customer, serves, holds, sends on, takes a break.</summary>
internal sealed class Clerk(DayJournal journal, Agenda agenda, Chance chance, CounterId counter, string name)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15), Lunch = TimeSpan.FromMinutes(30);
    private readonly string _source = $"counter-{counter}";
    private DateTimeOffset _lunch;
    private bool _eaten;

    public void SitDown(DateTimeOffset at, DateTimeOffset lunch)
    {
        _lunch = lunch;
        agenda.At(at, () =>
        {
            journal.Note(_source, new HallEvent.StaffSignedIn(name, "clerk", _source, counter), name);
            journal.Ask(_source, new StaffCounter(counter, name), name);
            journal.Ask(_source, new OpenCounter(counter), name);
            Next();
        });
    }

    private void Next()
    {
        if (journal.Hall.Phase == DayPhase.Closed)
        {
            journal.Ask(_source, new LeaveCounter(name), name);
            journal.Note(_source, new HallEvent.StaffSignedOut(name, "signed-out", counter), name);
            return;
        }

        if (!_eaten && agenda.Now >= _lunch) Pause();
        else if (Call()) agenda.In(chance.Between(8, 40), Arrived);
        else agenda.In(Look, Next);
    }

    // Now and then the clerk knows somebody in the hall and calls them out of turn.
    private bool Call()
    {
        var line = chance.Percent(1) ? journal.Hall.Services[journal.Hall.Counters[counter].Offers[0]].Line.Places.Skip(1).Select(place => (TicketId?)place.Ticket).FirstOrDefault() : null;
        return (line is { } chosen ? journal.Ask(_source, new CallTicket(counter, chosen), name) : journal.Ask($"keys-{counter}", new CallNext(counter), name))
            && journal.Hall.Counters[counter].Ticket is not null;
    }

    private void Pause()
    {
        _eaten = true;
        journal.Ask(_source, new PauseCounter(counter), name);
        agenda.In(Lunch, () =>
        {
            journal.Ask(_source, new ResumeCounter(counter), name);
            Next();
        });
    }

    private void Arrived()
    {
        if (!chance.Percent(6))
        {
            journal.Ask(_source, new Begin(counter), name);
            agenda.In(chance.Skewed(TimeSpan.FromSeconds(310)), Served);
            return;
        }

        journal.Ask(_source, new Recall(counter), name);
        agenda.In(TimeSpan.FromSeconds(40), () =>
        {
            var missed = journal.Hall.Counters[counter].Ticket;
            if (journal.Ask(_source, new MarkNoShow(counter), name) && missed is { } ticket && chance.Percent(50))
            {
                agenda.In(chance.Between(60, 1500), () => journal.Ask("guide", new ResumeTicket(ticket), "guide.1"));
            }

            Next();
        });
    }

    private void Served()
    {
        var ticket = journal.Hall.Counters[counter].Ticket;
        switch (chance.Below(100))
        {
            case < 4:
                journal.Ask(_source, new Hold(counter, chance.Between(180, 600)), name);
                break;
            case < 8 when ticket is { } sent && journal.Hall.Tickets[sent] is { Return: null } known:
                journal.Ask(_source, new TransferTicket(sent, new(known.Service.Value == "plan-change" ? "complaints" : "plan-change"), null, Return: true), name);
                break;
            case < 11 when ticket is { } moved && journal.Hall.Tickets[moved].Service.Value != "complaints":
                journal.Ask(_source, new TransferTicket(moved, new("complaints"), null), name);
                break;
            default:
                if (journal.Ask(_source, new Finish(counter), name) && ticket is { } done) Rate(done);
                break;
        }

        agenda.In(chance.Between(3, 20), Next);
    }

    private void Rate(TicketId ticket)
    {
        if (!chance.Percent(55) || !journal.Hall.Tickets.TryGetValue(ticket, out var served)) return;

        var rating = chance.Below(100) switch { < 82 => Rating.Satisfied, < 94 => Rating.Neutral, _ => Rating.Dissatisfied };
        agenda.In(chance.Between(2, 30), () => journal.Note($"feedback-{counter}", new HallEvent.FeedbackGiven(counter, rating, ticket, served.Number, served.Service, name)));
    }
}
