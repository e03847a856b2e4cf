using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>How somebody is told that they may not: programs by a problem, people by a page, or by being led to the sign-in.</summary>
internal sealed class Refused(HallFeed feed, ScreenReply reply)
{
    public async Task AnswerAsync(HttpContext http, string why, Signed? signed, IReadOnlyList<Right> needed)
    {
        if (http.Request.Path.StartsWithSegments("/live")) await GoneAsync(http);
        else if (Peer.IsApi(http) || http.Request.FromScript()) await Problem(http, why, needed).ExecuteAsync(http);
        else if (why is "other-site") await Api.Problem.Forbidden(why, "Forms of other sites are not taken.").ExecuteAsync(http);
        else if (why is "role" or "not-enrolled") await (await PageAsync(http, why, signed, needed)).ExecuteAsync(http);
        else await new SeeOther($"/sign-in?to={Uri.EscapeDataString(Back(http.Request))}").ExecuteAsync(http);
    }

    // A form leads back to its page.
    private static string Back(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method)) return request.Path + request.QueryString;
        var path = request.Path.Value ?? "/";
        return path.StartsWith("/counter/", StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : path;
    }

    // The page that holds this stream fetches itself again, and is led to the sign-in or told why not.
    private static Task GoneAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        return http.Response.WriteAsync("event: gone\ndata: {}\n\n", http.RequestAborted);
    }

    private async Task<IResult> PageAsync(HttpContext http, string why, Signed? signed, IReadOnlyList<Right> needed)
    {
        ScreenLanguage.Remember(http, feed.Profile.Languages);
        var t = Phrases.In(ScreenLanguage.Of(http, feed.Profile.Languages));
        var parameters = new Dictionary<string, object?> { ["T"] = t, ["Profile"] = feed.Profile, ["Why"] = why, ["Roles"] = Roles(needed), ["Signed"] = signed?.View, ["Path"] = http.Request.Path.Value };
        return await reply.PageAsync(new ScreenContent($"{t["refused." + why]} · {feed.Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(RefusedScreen), parameters), StatusCodes.Status403Forbidden);
    }

    private static IResult Problem(HttpContext http, string why, IReadOnlyList<Right> needed)
    {
        switch (why)
        {
            case "role":
                return Api.Problem.Forbidden(why, $"Your role may not do this; it takes {string.Join(" or ", Roles(needed).Select(role => role.ToString().ToLowerInvariant()))}.");
            case "not-enrolled":
                return Api.Problem.Forbidden(why, "This device is not enrolled: a manager enrols it on /manager/users, or somebody signs in. Requests from the board itself need neither.");
            case "other-site":
                return Api.Problem.Forbidden(why, "A page of another site may not press keys here.");
            default:
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Api.Problem.Unauthorized(why, why switch
                {
                    "session-unknown" => "This session is not known: it was never made, or the host was started again since. Sign in: POST /api/v1/sign-in.",
                    "session-expired" => "This session is over: sign in again with POST /api/v1/sign-in.",
                    _ => "Sign in first: POST /api/v1/sign-in {\"user\", \"pin\"}, then Authorization: Bearer with the token.",
                });
        }
    }

    private static IReadOnlyList<StaffRole> Roles(IReadOnlyList<Right> needed) =>
        [.. Enum.GetValues<StaffRole>().Where(role => needed.Any(right => role.May(right)))];
}
