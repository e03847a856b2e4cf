using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Take, look at, transfer, cancel, resume and print tickets.</summary>
internal static class TicketApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapPost("/", TakeAsync).WithSummary("Take a number: {\"service\"}, and \"language\", \"print\" where wanted")
            .Produces<TicketShape>(StatusCodes.Status201Created).Refuses();
        tickets.MapGet("/{id}", Show).WithSummary("A ticket as it is now").Produces<TicketShape>().Produces<Problem>(StatusCodes.Status404NotFound);
        tickets.MapPost("/{id}/transfer", TransferAsync).WithSummary("To another {\"service\"} or {\"counter\"}; the time already waited counts").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
        tickets.MapPost("/{id}/cancel", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "cancel", new HallCommand.CancelTicket(new(id))))
            .WithSummary("The customer gives up").Produces<TicketShape>().Refuses();
        tickets.MapPost("/{id}/resume", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "resume", new HallCommand.ResumeTicket(new(id))))
            .WithSummary("A held ticket or a no-show is put in line again").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
        tickets.MapPost("/{id}/print", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "print", new HallCommand.PrintTicket(new(id))))
            .WithSummary("The same number again, marked COPY").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        var profile = feed.Profile;
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "service", "language", "print");
        var service = body.Text("service", [.. profile.Services.Select(s => s.Id.Value)]);
        var language = body.OptionalText("language", profile.Languages) ?? profile.DefaultLanguage;
        var print = body.Flag("print", true);
        var command = new HallCommand.TakeTicket(TicketCodes.Draw(), new(service), language, print);
        return await asking.AskAsync(http, command, $"take {service} {language} {print}", answer =>
        {
            var issued = (TicketIssued)answer.Events[0].Fact;
            var at = TicketShape.Local(answer.Events[0].At, profile);
            var slip = answer.Events.Any(recorded => recorded.Fact is SlipQueued) ? "queued" : null;
            return Results.Json(
                new TicketShape(issued.Ticket.Value, issued.Number.ToString(), issued.Service.Value, issued.Ahead, "waiting", issued.Language, at, null, null, 0, slip, 0, $"/ticket/{issued.Ticket}"),
                ApiJson.Wire.TicketShape,
                statusCode: StatusCodes.Status201Created);
        });
    }

    private static IResult Show(HallFeed feed, string id) => TicketView.Of(feed.Latest.State, new(id)) is { } view
        ? Results.Json(TicketShape.Of(view, feed.Profile), ApiJson.Wire.TicketShape)
        : Problem.Rejected(Rejection.UnknownTicket);

    private static async Task<IResult> TransferAsync(HttpContext http, Asking asking, HallFeed feed, string id)
    {
        var profile = feed.Profile;
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "service", "counter");
        var service = body.OptionalText("service", [.. profile.Services.Select(s => s.Id.Value)]);
        var counter = body.OptionalNumber("counter", [.. profile.Counters.Select(c => c.Number.Value)]);
        if (service is null && counter is null) throw new BadInputException("service", "Name the service or the counter to transfer to.", ["service", "counter"]);

        var command = new HallCommand.TransferTicket(new(id), service is null ? null : new ServiceId(service), counter is null ? null : new CounterId(counter.Value));
        return await DoAsync(http, asking, feed, id, $"transfer {service} {counter}", command);
    }

    private static Task<IResult> DoAsync(HttpContext http, Asking asking, HallFeed feed, string id, string what, HallCommand command)
    {
        var before = TicketView.Of(feed.Latest.State, new(id));
        return asking.AskAsync(http, command, $"{what} {id}", _ =>
        {
            // The last ticket of a closing hall takes the day with it: then it is told as it was, with what was done to it.
            var now = TicketView.Of(feed.Latest.State, new(id))
                ?? (before is null ? null : new TicketView(before.Ticket with { Phase = TicketPhase.Cancelled }, null));
            return now is null ? Problem.Rejected(Rejection.UnknownTicket) : Results.Json(TicketShape.Of(now, feed.Profile), ApiJson.Wire.TicketShape);
        });
    }
}
