using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;

namespace Kiosk.Domain.Tests.Books;

public sealed class ViewsTests
{
    private static readonly CounterId One = new(1);

    [Fact]
    public void Unit_asks_for_a_minute_after_a_service_and_rests_before_and_after()
    {
        var (story, ticket) = Served();
        Assert.IsType<FeedbackView.Idle>(FeedbackView.Of(Halls.Staffed, FeedbackBook.Empty, One, Halls.Opening));

        var asking = Assert.IsType<FeedbackView.Asking>(FeedbackView.Of(story.State, FeedbackBook.Empty, One, story.Now.AddSeconds(59)));

        Assert.Equal((ticket, "A001", "zh-CN"), (asking.Ticket, asking.Number.ToString(), asking.Language));
        Assert.IsType<FeedbackView.Idle>(FeedbackView.Of(story.State, FeedbackBook.Empty, One, story.Now.AddSeconds(60)));
        Assert.IsType<FeedbackView.Idle>(FeedbackView.Of(story.State, FeedbackBook.Empty, new(2), story.Now));
        Assert.Null(FeedbackView.Of(story.State, FeedbackBook.Empty, new(77), story.Now));
    }

    [Fact]
    public void Rated_service_is_thanked_for_five_seconds_and_never_asked_again()
    {
        var (story, ticket) = Served();
        var given = FeedbackBook.Empty.After(new HallEvent.FeedbackGiven(One, Rating.Satisfied, ticket), story.Now.AddSeconds(10));

        Assert.Equal(Rating.Satisfied, Assert.IsType<FeedbackView.Thanks>(FeedbackView.Of(story.State, given, One, story.Now.AddSeconds(14))).Rating);
        Assert.IsType<FeedbackView.Idle>(FeedbackView.Of(story.State, given, One, story.Now.AddSeconds(15)));
    }

    [Fact]
    public void All_units_show_what_each_shows()
    {
        var (story, _) = Served();
        story.Take(Halls.Pay);
        story.Do(new HallCommand.CallNext(One), new HallCommand.CallNext(One));

        var all = FeedbackView.All(story.State, FeedbackBook.Empty, story.Now);

        Assert.Equal(Enumerable.Range(1, 4).Select(n => FeedbackView.Of(story.State, FeedbackBook.Empty, new(n), story.Now)), all);
        Assert.Equal("A002", Assert.IsType<FeedbackView.Asking>(all[0]).Number.ToString());
    }

    [Fact]
    public void First_rating_of_a_ticket_stands()
    {
        var ticket = new TicketId("t");
        var book = FeedbackBook.Empty.After(new HallEvent.FeedbackGiven(One, Rating.Dissatisfied, ticket), Halls.Opening).After(new HallEvent.FeedbackGiven(One, Rating.Satisfied, ticket), Halls.Opening);

        Assert.Equal(Rating.Dissatisfied, book.Of(ticket)?.Rating);
    }

    [Fact]
    public void Today_counts_who_was_served_who_waits_and_who_did_not_come()
    {
        var (story, _) = Served();
        story.Take(Halls.New);
        story.Do(new HallCommand.CallNext(One), new HallCommand.MarkNoShow(One));
        story.Take(Halls.Pay);
        var first = story.Now;
        story.Take(Halls.Vip);

        var today = TodayView.Of(story.State, Halls.Profile);

        Assert.Equal((4, 1, 2, 1, 4, 2), (today.Issued, today.Served, today.Waiting, today.NoShows, today.OpenCounters, today.Live));
        Assert.Equal((first, TimeSpan.FromMinutes(1)), (today.LongestSince, today.MeanWait));
        Assert.Equal(["A002", "V001"], today.Waiters.Select(number => number.ToString()));
        var pay = today.Services.Single(line => line.Service.Id == Halls.Pay);
        Assert.Equal((2, 1, 1, 0, 100), (pay.Issued, pay.Served, pay.Waiting, pay.NoShows, pay.WithinTarget));
        Assert.Equal((1, TimeSpan.FromMinutes(1)), (today.Counters[0].Served, today.Counters[0].MeanService));
    }

    private static (Story Story, TicketId Ticket) Served()
    {
        var story = new Story(Halls.Staffed);
        var ticket = story.Take(Halls.Pay);
        story.Do(new HallCommand.CallNext(One), new HallCommand.Begin(One), new HallCommand.Finish(One));
        return (story, ticket);
    }
}
