using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The keys of a counter.</summary>
internal static class CounterApi
{
    private static readonly Dictionary<string, Func<CounterId, HallCommand>> Keys = new()
    {
        ["open"] = id => new HallCommand.OpenCounter(id),
        ["recall"] = id => new HallCommand.Recall(id),
        ["begin"] = id => new HallCommand.Begin(id),
        ["finish"] = id => new HallCommand.Finish(id),
        ["no-show"] = id => new HallCommand.MarkNoShow(id),
        ["pause"] = id => new HallCommand.PauseCounter(id),
        ["resume"] = id => new HallCommand.ResumeCounter(id),
        ["close"] = id => new HallCommand.CloseCounter(id),
    };

    /// <summary>Longest that a ticket can be set aside with a timer, in minutes.</summary>
    public const int LongestHold = 240;

    public static void Map(RouteGroupBuilder api)
    {
        var counters = api.MapGroup("/counters/{n}").WithTags("Counters").Needs(Right.ServeCounter).AddEndpointFilter<OwnCounter>();
        counters.MapPost("/next", NextAsync)
            .WithSummary("Finish the customer at the counter, if any, and call the next; with {\"seen\": id or null} only if that ticket is still the one at the counter")
            .Produces<CounterShape>().Refuses();
        counters.MapGet("/", Show).Needs(Right.ServeCounter, Right.GuideCustomers)
            .WithSummary("The counter as its clerk sees it: who is there, who is next and why, who may be called").Produces<CounterScreenShape>().Produces<Problem>(StatusCodes.Status404NotFound);
        counters.MapPost("/call", CallAsync).Needs(Right.ServeCounter)
            .WithSummary("Call the {\"ticket\"} of that id, whoever else waits; with {\"seen\"} as for next").Produces<CounterShape>().Refuses();
        counters.MapPost("/hold", HoldAsync).WithSummary("Set the customer at the counter aside; with {\"minutes\"} the clock puts them back in line").Produces<CounterShape>().Refuses();
        foreach (var (key, command) in Keys)
        {
            counters.MapPost($"/{key}", (HttpContext http, Asking asking, HallFeed feed, string n) => PressAsync(http, asking, feed, n, key, command))
                .WithSummary($"Key \"{key}\" of the counter").Produces<CounterShape>().Refuses();
        }
    }

    private static async Task<IResult> NextAsync(HttpContext http, Asking asking, HallFeed feed, string n)
    {
        var counter = Number(n);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "seen");
        return await asking.AskAsync(http, new HallCommand.CallNext(counter, Seen: Saw(body)), $"next {counter}", answer => Shape(feed, counter, answer));
    }

    private static async Task<IResult> CallAsync(HttpContext http, Asking asking, HallFeed feed, string n)
    {
        var counter = Number(n);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "ticket", "seen");
        if (!body.HasNullable("ticket", out var id) || id is null) throw new BadInputException("ticket", "Name the ticket to call by its id, as GET /counters/{n} lists them under \"choices\".");
        return await asking.AskAsync(http, new HallCommand.CallTicket(counter, new(id), Seen: Saw(body)), $"call {counter} {id}", answer => Shape(feed, counter, answer));
    }

    private static async Task<IResult> HoldAsync(HttpContext http, Asking asking, HallFeed feed, string n)
    {
        var counter = Number(n);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "minutes");
        var span = body.OptionalNumber("minutes", 1, LongestHold) is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        return await asking.AskAsync(http, new HallCommand.Hold(counter, span), span is null ? $"hold {counter}" : $"hold {counter} {span.Value.TotalMinutes}", answer => Shape(feed, counter, answer));
    }

    private static Seen? Saw(RequestBody body) => body.HasNullable("seen", out var ticket) ? new Seen(ticket is null ? null : new TicketId(ticket)) : null;

    private static IResult Show(HallFeed feed, TimeProvider time, string n)
    {
        var (hall, profile) = (feed.Latest.State, feed.Profile);
        if (CounterScreen.Of(hall, profile, Number(n), time.GetUtcNow()) is not { } screen) return Problem.Rejected(Rejection.UnknownCounter);

        TicketShape Ticket(Ticket ticket) => TicketShape.Of(TicketView.Of(hall, ticket.Id)!, profile);
        return Results.Json(
            new CounterScreenShape(
                screen.Id.Value,
                TicketShape.Kebab(screen.Kind),
                TicketShape.Kebab(screen.Phase),
                TicketShape.Kebab(screen.Day),
                screen.Clerk,
                screen.Ticket is { } here ? Ticket(here) : null,
                screen.Next is { } next ? Ticket(next) : null,
                WhyShape.Of(screen.NextWhy),
                screen.Waiting,
                screen.Served,
                [.. screen.Choices.Select(Ticket)],
                [.. screen.Aside.Select(Ticket)]),
            ApiJson.Wire.CounterScreenShape);
    }

    private static async Task<IResult> PressAsync(HttpContext http, Asking asking, HallFeed feed, string n, string key, Func<CounterId, HallCommand> command)
    {
        var counter = Number(n);
        await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        return await asking.AskAsync(http, command(counter), $"{key} {counter}", answer => Shape(feed, counter, answer));
    }

    internal static CounterId Number(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new(number)
            : throw new BadInputException("n", "The counter in the address must be a number.");

    private static IResult Shape(HallFeed feed, CounterId id, Answer answer)
    {
        var called = answer.Events.Select(recorded => recorded.Fact).OfType<TicketCalled>().FirstOrDefault();
        var finished = answer.Events.Select(recorded => recorded.Fact).OfType<ServiceFinished>().FirstOrDefault();
        var hall = feed.Latest.State;
        var counter = hall.Counters.GetValueOrDefault(id);

        // Who was called is told from the events. Who is there now is told only to the first who asked: a repeated request may come a customer later.
        var ticket = called is not null || answer.Repeated || counter is null ? null : hall.At(counter);
        return Results.Json(
            new CounterShape(
                id.Value,
                TicketShape.Kebab(counter?.Phase ?? CounterPhase.Closed),
                called?.Number.ToString() ?? ticket?.Number.ToString(),
                called?.Ticket.Value ?? ticket?.Id.Value,
                called?.Service.Value ?? ticket?.Service.Value,
                called is not null ? "called" : ticket is null ? null : TicketShape.Kebab(ticket.Phase),
                called is not null,
                finished?.Number.ToString()) { Why = WhyShape.Of(called?.Why) },
            ApiJson.Wire.CounterShape);
    }
}
