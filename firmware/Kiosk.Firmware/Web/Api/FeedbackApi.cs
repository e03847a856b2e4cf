using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The three faces of a counter's feedback unit.</summary>
internal static class FeedbackApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/counters/{n}/feedback", GiveAsync)
        .WithTags("Counters").WithSummary("Rate the service that ended at the counter in the last minute: {\"rating\": \"satisfied\", \"neutral\" or \"dissatisfied\"}, once per ticket")
        .Produces<FeedbackShape>().Refuses();

    /// <summary>The fact of a rating, with the service and the clerk it is about.</summary>
    public static HallEvent.FeedbackGiven Fact(HallState hall, FeedbackView.Asking asking, Rating rating) =>
        new(asking.Counter, rating, asking.Ticket, asking.Number, hall.Tickets.GetValueOrDefault(asking.Ticket)?.Service, hall.Counters.GetValueOrDefault(asking.Counter)?.Clerk);

    /// <summary>One rating per ticket, by the engine's own memory of requests.</summary>
    public static string RequestId(TicketId ticket) => $"feedback-{ticket}";

    private static async Task<IResult> GiveAsync(HttpContext http, Asking asking, HallFeed feed, BookKeeper books, TimeProvider time, string n)
    {
        var counter = CounterApi.Number(n);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "rating");
        var rating = Enum.Parse<Rating>(body.Text("rating", [.. Enum.GetValues<Rating>().Select(TicketShape.Kebab)]), ignoreCase: true);
        var hall = feed.Latest.State;
        return FeedbackView.Of(hall, books.Current.Feedback, counter, time.GetUtcNow()) switch
        {
            null => Problem.Rejected(Rejection.UnknownCounter),
            FeedbackView.Asking ask => await asking.AskAsync(http, new HallCommand.WriteDown(Fact(hall, ask, rating)), $"feedback {ask.Ticket}", answer =>
            {
                var given = (HallEvent.FeedbackGiven)answer.Events[0].Fact;
                return Results.Json(new FeedbackShape(counter.Value, given.Number.ToString()!, TicketShape.Kebab(given.Rating)), ApiJson.Wire.FeedbackShape);
            }, requestId: RequestId(ask.Ticket)),
            FeedbackView.Thanks => Problem.Conflict("already-rated", "This service has been rated: one rating per ticket."),
            _ => Problem.Conflict("nothing-to-rate", $"No service ended at counter {counter} in the last {FeedbackView.AsksFor.TotalSeconds:0} seconds that has not been rated."),
        };
    }
}
