using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The hall at a glance, and the business day.</summary>
internal static class HallApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/hall", (HallFeed feed, TimeProvider time, WaitQuotes waits) => Results.Json(Shape(feed.Latest, feed.Profile, time, waits), ApiJson.Wire.HallShape))
            .WithTags("Hall").WithSummary("Counters, latest calls, how many wait").Produces<HallShape>();
        var day = api.MapGroup("/day").WithTags("Day").Needs(Right.RunDay);
        day.MapPost("/open", OpenAsync).WithSummary("Open today's business day").Produces<DayShape>().Refuses();
        day.MapPost("/close", CloseAsync)
            .WithSummary("No more tickets; the day closes when the last customer has been served. {\"force\": true} closes at once").Produces<DayShape>().Refuses();
    }

    public static HallShape Shape(HallSnapshot snapshot, HallProfile profile, TimeProvider time, WaitQuotes waits)
    {
        var board = Board.Of(snapshot.State, profile, waits.Now);
        var now = time.GetUtcNow();
        return new(
            profile.Id,
            profile.Name.ByLanguage,
            profile.Languages,
            snapshot.Epoch,
            snapshot.Seq,
            TicketShape.Local(snapshot.At, profile),
            Day(board.Day),
            TicketShape.Kebab(board.Phase),
            snapshot.State.Waiting,
            [.. board.Services.Select(s => new ServiceShape(
                s.Id.Value, s.Letter.ToString(), s.Name.ByLanguage, s.Waiting, Age(s.LongestSince, now), s.Issued, (int)s.TargetWait.TotalMinutes, [.. s.OpenCounters.Select(c => c.Value)])
            {
                Wait = s.Wait is { } wait ? WaitShape.Of(wait) : null,
            })],
            [.. board.Counters.Select(c => new BoardCounterShape(
                c.Id.Value,
                TicketShape.Kebab(c.Phase),
                c.Number?.ToString(),
                c.Ticket is { } phase ? TicketShape.Kebab(phase) : null,
                c.CalledAt is { } at ? TicketShape.Local(at, profile) : null,
                c.Calls))],
            [.. board.Calls.Select(c => new CallShape(c.Number.ToString(), c.Counter.Value, TicketShape.Local(c.At, profile), c.Times))]);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Asking asking, HallFeed feed, TimeProvider time)
    {
        await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), feed.Profile.TimeZone).DateTime);
        return await asking.AskAsync(http, new HallCommand.OpenDay(today), "open day", _ => Shape(feed));
    }

    private static async Task<IResult> CloseAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "force");
        var force = body.Flag("force", false);
        return await asking.AskAsync(http, new HallCommand.CloseDay(force), $"close day {force}", _ => Shape(feed));
    }

    private static IResult Shape(HallFeed feed)
    {
        var hall = feed.Latest.State;
        return Results.Json(new DayShape(Day(hall.Day), TicketShape.Kebab(hall.Phase), hall.Waiting), ApiJson.Wire.DayShape);
    }

    private static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    private static int Age(DateTimeOffset? since, DateTimeOffset now) => since is { } from && now > from ? (int)(now - from).TotalSeconds : 0;
}
