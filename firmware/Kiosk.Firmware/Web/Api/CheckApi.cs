using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The check before opening and after closing: run, looked at, signed.</summary>
internal static class CheckApi
{
    private const int ChecksShown = 30;

    public static void Map(RouteGroupBuilder api)
    {
        var checks = api.MapGroup("/checks").WithTags("Books").Needs(Right.RunDay);
        checks.MapPost("/", RunAsync).WithSummary("Test every device, the broker, the disk and the clock: {\"kind\": \"opening\" or \"closing\"}; answers when all is tested")
            .Produces<CheckShape>(StatusCodes.Status201Created).Refuses();
        checks.MapPost("/{id}/sign", SignAsync).WithSummary("Sign what was seen; a check with faults needs a {\"remark\"}").Produces<CheckShape>().Refuses();
        checks.MapGet("/", (DayChecks checks, BookKeeper books, HallFeed feed) => Results.Json(
            new ChecksShape(
                checks.Current is { } run ? CheckShape.Of(run) : null,
                [.. books.Current.Checks.Latest(ChecksShown).Select(check => CheckShape.Of(check, feed.Profile))]),
            ApiJson.Wire.ChecksShape)).WithSummary("The latest check, and those that were signed").Produces<ChecksShape>();
    }

    private static async Task<IResult> RunAsync(HttpContext http, DayChecks checks)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "kind");
        var run = checks.Begin(body.Text("kind", Checks.Kinds));
        return Results.Json(CheckShape.Of(await checks.FinishedAsync(run, http.RequestAborted)), ApiJson.Wire.CheckShape, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> SignAsync(HttpContext http, Asking asking, DayChecks checks, BookKeeper books, HallFeed feed, string id)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "remark");
        var remark = body.HasNullable("remark", out var text) ? BookTexts.Optional("remark", text, DayChecks.RemarkLimit) : null;

        // A check is signed once, whoever asks again: the answer is the signature that stands.
        if (books.Current.Checks.Find(id) is { } signed) return Results.Json(CheckShape.Of(signed, feed.Profile), ApiJson.Wire.CheckShape);

        var (fact, refusal) = checks.Sign(id, remark);
        if (refusal is { } no) return Refused(no);

        return await asking.AskAsync(http, new HallCommand.WriteDown(fact!), $"sign {id}", answer =>
        {
            checks.Signed(id);
            var written = answer.Events[0];
            var made = (HallEvent.DayChecked)written.Fact;
            return Results.Json(CheckShape.Of(new SignedCheck(id, made.Kind, written.At, written.Who, made.Passed, made.Items, made.Remark), feed.Profile), ApiJson.Wire.CheckShape);
        }, requestId: $"check-{id}");
    }

    private static IResult Refused(SignRefusal refusal) => refusal switch
    {
        SignRefusal.UnknownCheck => Problem.NotFound("unknown-check", "There is no such check: it was not made since the host started, or another one was begun."),
        SignRefusal.CheckRunning => Problem.Conflict("check-running", "The check is still running: sign it when every result is there."),
        SignRefusal.CheckTooOld => Problem.Conflict("check-too-old", $"The check was made more than {DayChecks.SignWithin.TotalMinutes:0} minutes ago: run it again."),
        SignRefusal.CheckSigned => Problem.Conflict("check-signed", "The check is signed already."),
        SignRefusal.RemarkNeeded => throw new BadInputException("remark", "Something is wrong: say in \"remark\" what is done about it."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
