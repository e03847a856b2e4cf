using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
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
        ["hold"] = id => new HallCommand.Hold(id),
        ["pause"] = id => new HallCommand.PauseCounter(id),
        ["resume"] = id => new HallCommand.ResumeCounter(id),
        ["close"] = id => new HallCommand.CloseCounter(id),
    };

    public static void Map(RouteGroupBuilder api)
    {
        var counters = api.MapGroup("/counters/{n}").WithTags("Counters");
        counters.MapPost("/next", NextAsync)
            .WithSummary("Finish the customer at the counter, if any, and call the next; with {\"seen\": id or null} only if that ticket is still the one at the counter")
            .Produces<CounterShape>().Refuses();
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
        var seen = body.HasNullable("seen", out var ticket) ? new Seen(ticket is null ? null : new TicketId(ticket)) : null;
        return await asking.AskAsync(http, new HallCommand.CallNext(counter, Seen: seen), $"next {counter}", answer => Shape(feed, counter, answer));
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
                finished?.Number.ToString()),
            ApiJson.Wire.CounterShape);
    }
}
