using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Pages;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Lets a request through to its address or refuses it. Every refusal is written down.</summary>
internal sealed class Gate(RequestDelegate next, Sessions sessions, ScreenDesk screens, Refusals refusals, Refused refused, HallFeed feed)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Nothing is there: that is told to everybody.
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }

        var (token, bearer) = SessionToken.Of(http.Request);
        var found = token is null ? null : sessions.Find(token);
        var signed = found is Found.Here here ? new Signed(here.Session.User, here.Session.Role, feed.Latest.State.SeatOf(here.Session.User)) : null;
        if (Why(http, endpoint.Metadata.GetMetadata<Access>(), found, signed, bearer) is { } why)
        {
            await refusals.AccessAsync(signed?.User, Peer.From(http), $"{http.Request.Method} {Address(http, endpoint)}", why);
            await refused.AnswerAsync(http, why, signed, (endpoint.Metadata.GetMetadata<Access>() as Access.Needs)?.AnyOf ?? []);
            return;
        }

        if (found is Found.Here(var session))
        {
            http.SetStaff(signed!);
            if (IsStream(http))
            {
                await StreamAsync(http, session);
                return;
            }

            sessions.Press(token!);
        }

        await next(http);
    }

    private string? Why(HttpContext http, Access? access, Found? found, Signed? signed, bool bearer)
    {
        // The cookie comes with whatever a browser sends, also in the name of another site.
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !PageGuard.FromHere(http.Request)) return "other-site";
        if (access is Access.Everybody && !bearer) return null;

        var lost = found switch
        {
            Found.Unknown => "session-unknown",
            Found.Expired => "session-expired",
            _ => null,
        };

        // A program that sends a token means it; a browser sends the cookie of yesterday without knowing.
        if (bearer && lost is not null && !SignsIn(http)) return lost;
        return access switch
        {
            Access.Everybody => null,
            Access.Needs(var anyOf) when signed is not null => anyOf.Any(right => signed.Role.May(right)) ? null : "role",
            Access.Needs => lost ?? "not-signed-in",
            _ => signed is not null || Peer.IsBoard(http) || screens.Knows(http.Request.Cookies[SessionToken.ScreenCookie]) ? null : "not-enrolled",
        };
    }

    // A stream that was opened by somebody ends with their session, and does not keep it alive.
    private async Task StreamAsync(HttpContext http, Session session)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Over.Token);
        http.RequestAborted = either.Token;
        await next(http);
    }

    internal static bool IsStream(HttpContext http) => http.Request.Path.StartsWithSegments("/live") || http.Request.Path == "/api/v1/events";

    private static bool SignsIn(HttpContext http) => http.Request.Path == "/api/v1/sign-in" || http.Request.Path == "/sign-in";

    // The address as the host knows it: ids of tickets and codes stay out of the journal, and nobody chooses what stands there.
    private static string Address(HttpContext http, Endpoint endpoint)
    {
        var pattern = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "/";
        foreach (var name in new[] { "n", "number" })
        {
            if (http.Request.RouteValues[name] is string { Length: <= 2 } value && value.All(char.IsAsciiDigit)) pattern = pattern.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return pattern.StartsWith('/') ? pattern : "/" + pattern;
    }
}
