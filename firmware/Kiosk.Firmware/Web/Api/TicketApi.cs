using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Take, look at, transfer, cancel, resume and print tickets.</summary>
internal static class TicketApi
{
    private static readonly Dictionary<string, PriorityClass> Classes = Enum.GetValues<PriorityClass>().ToDictionary(TicketShape.Kebab);

    public static void Map(RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapPost("/", TakeAsync).WithSummary("Take a number: {\"service\"} or {\"appointment\"}, and \"language\", \"print\", \"then\", \"askIfLong\", for staff also \"class\", where wanted")
            .Produces<TicketShape>(StatusCodes.Status201Created).Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json").Refuses();
        tickets.MapGet("/{id}", Show).WithSummary("A ticket as it is now").Produces<TicketShape>().Produces<Problem>(StatusCodes.Status404NotFound);
        tickets.MapPost("/{id}/transfer", TransferAsync).WithSummary("To another {\"service\"} or {\"counter\"}; the time already waited counts; with {\"return\": true} it comes back to the counter where it is").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
        tickets.MapPost("/{id}/prioritise", PrioritiseAsync).Needs(Right.GuideCustomers).WithSummary("Give it the priority {\"class\"}; null takes it away").Produces<TicketShape>().Refuses();
        tickets.MapPost("/{id}/cancel", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "cancel", new HallCommand.CancelTicket(new(id))))
            .WithSummary("The customer gives up").Produces<TicketShape>().Refuses();
        tickets.MapPost("/{id}/resume", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "resume", new HallCommand.ResumeTicket(new(id))))
            .WithSummary("A held ticket or a no-show is put in line again").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
        tickets.MapPost("/{id}/print", (HttpContext http, Asking asking, HallFeed feed, string id) => DoAsync(http, asking, feed, id, "print", new HallCommand.PrintTicket(new(id))))
            .WithSummary("The same number again, marked COPY").Produces<TicketShape>().Refuses().Needs(Right.GuideCustomers, Right.ServeCounter);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, Asking asking, HallFeed feed, IAppointments appointments)
    {
        var profile = feed.Profile;
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "service", "language", "print", "class", "then", "askIfLong", "appointment");
        var priority = Class(body);
        if (priority is not null && http.Staff()?.Role.May(Right.GuideCustomers) is not true)
        {
            return Problem.Forbidden("class-by-staff", "Only staff who guide customers issue numbers with priority: sign in, or leave \"class\" out.");
        }

        var (service, appointment) = Wanted(body, [.. profile.Services.Select(s => s.Id.Value)], appointments);
        var language = body.OptionalText("language", profile.Languages) ?? profile.DefaultLanguage;
        var print = body.Flag("print", true);
        var then = body.OptionalTexts("then", [.. profile.Services.Select(s => s.Id.Value)]);
        var ask = body.Flag("askIfLong", false);
        var command = new HallCommand.TakeTicket(TicketCodes.Draw(), new(service), language, print, priority, [.. then.Select(id => new ServiceId(id))], appointment, ask);
        return await asking.AskAsync(http, command, $"take {service} {language} {print} {priority} {string.Join(',', then)} {appointment?.Id}".TrimEnd(), answer => Taken(answer, profile));
    }

    /// <summary>A customer with an appointment need not know what it is called here.</summary>
    private static (string Service, Appointment? Appointment) Wanted(RequestBody body, IReadOnlyList<string> services, IAppointments appointments)
    {
        if (!body.HasNullable("appointment", out var code) || code is null) return (body.Text("service", services), null);

        var booked = appointments.Find(code, out var service) ?? throw new BadInputException("appointment", "There is no appointment with this code: take a number for a service.");
        var asked = body.OptionalText("service", services);
        return asked is null || asked == service.Value ? (service.Value, booked) : throw new BadInputException("service", $"This appointment is for \"{service}\".", [service.Value]);
    }

    private static PriorityClass? Class(RequestBody body) =>
        body.OptionalText("class", [.. Classes.Keys]) is { } name ? Classes[name] : null;

    // Made from the events alone, so that a repeated request gets the same answer.
    private static IResult Taken(Answer answer, HallProfile profile)
    {
        var issued = (TicketIssued)answer.Events[0].Fact;
        var at = TicketShape.Local(answer.Events[0].At, profile);
        var slip = answer.Events.Any(recorded => recorded.Fact is SlipQueued) ? "queued" : null;
        return Results.Json(
            new TicketShape(issued.Ticket.Value, issued.Number.ToString(), issued.Service.Value, issued.Ahead, "waiting", issued.Language, at, null, null, 0, slip, 0, $"/ticket/{issued.Ticket}")
            {
                Class = issued.Class,
                Then = [.. (issued.Then ?? []).Select(service => service.Value)],
                Appointment = issued.Appointment,
                StandsSince = issued.StandsAt is { } stands ? TicketShape.Local(stands, profile) : at,
                Promise = PromiseShape.Of(issued.Promise),
            },
            ApiJson.Wire.TicketShape,
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> PrioritiseAsync(HttpContext http, Asking asking, HallFeed feed, string id)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "class");
        if (!body.HasNullable("class", out _)) throw new BadInputException("class", "Name the priority class, or null for none.", [.. Classes.Keys, "null"]);

        var priority = Class(body);
        return await DoAsync(http, asking, feed, id, $"prioritise {priority}", new HallCommand.PrioritiseTicket(new(id), priority));
    }

    private static IResult Show(HallFeed feed, string id) => TicketView.Of(feed.Latest.State, new(id)) is { } view
        ? Results.Json(TicketShape.Of(view, feed.Profile), ApiJson.Wire.TicketShape)
        : Problem.Rejected(Rejection.UnknownTicket);

    private static async Task<IResult> TransferAsync(HttpContext http, Asking asking, HallFeed feed, string id)
    {
        var profile = feed.Profile;
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "service", "counter", "return");
        var service = body.OptionalText("service", [.. profile.Services.Select(s => s.Id.Value)]);
        var counter = body.OptionalNumber("counter", [.. profile.Counters.Select(c => c.Number.Value)]);
        if (service is null && counter is null) throw new BadInputException("service", "Name the service or the counter to transfer to.", ["service", "counter"]);

        var command = new HallCommand.TransferTicket(new(id), service is null ? null : new ServiceId(service), counter is null ? null : new CounterId(counter.Value), body.Flag("return", false));
        return await DoAsync(http, asking, feed, id, command.Return ? $"transfer {service} {counter} return" : $"transfer {service} {counter}", command);
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
