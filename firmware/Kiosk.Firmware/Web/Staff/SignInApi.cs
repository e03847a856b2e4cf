using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Sign in, sign out, who am I.</summary>
internal static class SignInApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-in", SignInAsync).WithTags("Staff").WithSummary("{\"user\", \"pin\"}, and \"counter\" where one sits down: a token for Authorization: Bearer, and the cookie \"session\"")
            .Produces<SignedInShape>().Produces<Problem>(401, "application/problem+json").Produces<Problem>(423, "application/problem+json").Produces<Problem>(429, "application/problem+json").ForEverybody();
        api.MapPost("/sign-out", SignOutAsync).WithTags("Staff").WithSummary("Ends this session; {\"everywhere\": true} ends all of the user").Produces(StatusCodes.Status204NoContent).ForEverybody();
        api.MapGet("/me", Me).WithTags("Staff").WithSummary("Who is signed in with this token or cookie").Produces<MeShape>().Produces<Problem>(401, "application/problem+json").ForEverybody();
    }

    private static async Task<IResult> SignInAsync(HttpContext http, StaffDesk desk, Sessions sessions, HallFeed feed)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "user", "pin", "counter");
        var (user, pin) = (Text(body, "user", StaffAccount.LongestUser), Text(body, "pin", Pin.Longest));
        var counter = body.OptionalNumber("counter", [.. feed.Profile.Counters.Select(c => c.Number.Value)]);
        try
        {
            switch (await desk.SignInAsync(user, pin, Peer.From(http), Peer.Key(http), counter is { } n ? new CounterId(n) : null, http.RequestAborted))
            {
                case SignInResult.Done(var token, var session):
                    SessionToken.Keep(http, token);
                    return Results.Json(new SignedInShape(token, session.User, StaffAccount.Word(session.Role), TicketShape.Local(sessions.Expires(session), feed.Profile), session.Counter?.Value), ApiJson.Wire.SignedInShape);
                case SignInResult.Locked(var wait):
                    Later(http, wait);
                    return Problem.Locked("Too many wrong PINs in a row: the account is locked for a while. A manager can unlock it.");
                case SignInResult.Throttled(var wait):
                    Later(http, wait);
                    return Problem.Throttled("Too many attempts to sign in: wait a moment.");
                default:
                    return Problem.Unauthorized("wrong", "User or PIN is wrong.");
            }
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return Trouble(refused);
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, StaffDesk desk)
    {
        var everywhere = (await RequestBody.ReadAsync(http.Request, http.RequestAborted, "everywhere")).Flag("everywhere", false);
        await OutAsync(http, desk, everywhere);
        return Results.NoContent();
    }

    /// <summary>Ends the session of this request, or all of its user. Without a session there is nothing to end.</summary>
    public static async Task OutAsync(HttpContext http, StaffDesk desk, bool everywhere)
    {
        if (http.Staff() is { } signed && SessionToken.Of(http.Request).Token is { } token)
        {
            if (everywhere) await desk.SignOutEverywhereAsync(signed.User, "everywhere", Peer.From(http), signed.User);
            else await desk.SignOutAsync(token, Peer.From(http));
        }

        SessionToken.Forget(http);
    }

    public static IResult Trouble(Exception refused) => refused is JournalUnavailableException unavailable
        ? Problem.Unavailable(TicketShape.Kebab(unavailable.Trouble), unavailable.Message)
        : Problem.Unavailable("busy", refused.Message);

    private static IResult Me(HttpContext http) => http.Staff() is { } signed
        ? Results.Json(new MeShape(signed.User, StaffAccount.Word(signed.Role), signed.Counter?.Value), ApiJson.Wire.MeShape)
        : Problem.Unauthorized("not-signed-in", "Nobody is signed in with this request.");

    private static void Later(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Text(RequestBody body, string member, int longest) =>
        body.HasNullable(member, out var text) && text is { Length: > 0 } && text.Length <= longest
            ? text
            : throw new BadInputException(member, $"The field \"{member}\" must be a text of 1 to {longest} signs.");
}

/// <summary>A session: its token goes into <c>Authorization: Bearer</c>.</summary>
/// <param name="Expires">Without another request; each moves it on, up to 12 hours from the sign-in.</param>
public sealed record SignedInShape(string Token, string User, string Role, DateTimeOffset Expires, int? Counter);

public sealed record MeShape(string User, string Role, int? Counter);
