using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Waiting;

public sealed class ToldWaitTests
{
    private static readonly TicketId Mine = new("mine");
    private static readonly WaitPromise Told = new(900, 660, 1_150, 800, 1_000);

    private readonly Story _story = new(HallDecider.Evolve(Halls.Staffed, new TicketIssued(Mine, new('A', 1), Halls.Pay, "en", 0, Promise: Told), Halls.Opening));

    private WaitRange? Shown => TicketView.Of(_story.State, Mine)!.Told;

    [Fact]
    public void Customer_who_waits_sees_what_was_told_and_the_clerk_sees_it_of_the_next()
    {
        Assert.Equal(new(10, 20), Shown);
        Assert.Equal(new(10, 20), CounterScreen.Of(_story.State, Halls.Profile, new(1), Halls.Opening)!.NextTold);
    }

    [Fact]
    public void Priority_that_is_given_later_takes_nothing_back()
    {
        _story.Do(new PrioritiseTicket(Mine, PriorityClass.Urgent));

        Assert.Equal(new(10, 20), Shown);
    }

    [Fact]
    public void Number_that_was_called_was_told_nothing_for_its_way_back()
    {
        _story.Do(new CallNext(new(1)));
        Assert.Null(Shown);

        _story.Do(new Hold(new(1)), new ResumeTicket(Mine));
        Assert.Equal(TicketPhase.Waiting, _story.State.Tickets[Mine].Phase);
        Assert.Null(Shown);
        Assert.Null(CounterScreen.Of(_story.State, Halls.Profile, new(1), Halls.Opening)!.NextTold);
    }

    [Theory]
    [InlineData("new", null)]
    [InlineData(null, 2)]
    public void Number_that_was_sent_elsewhere_was_told_nothing_for_that_line(string? service, int? counter)
    {
        _story.Do(new TransferTicket(Mine, service is null ? null : new ServiceId(service), counter is { } n ? new CounterId(n) : null));

        Assert.Null(_story.Refused);
        Assert.Null(Shown);
    }

    [Fact]
    public void Customer_who_was_told_nothing_sees_nothing()
    {
        var silent = _story.Take(Halls.Pay);

        Assert.Null(TicketView.Of(_story.State, silent)!.Told);
    }
}
