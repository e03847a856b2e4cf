using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>What every page says to browsers, and whose forms are taken.</summary>
internal static class PageGuard
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (HttpMethods.IsPost(http.Request.Method) && !FromHere(http.Request))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Forms of other sites are not taken.");
        }

        try
        {
            return await next(call);
        }
        catch (JournalUnavailableException unavailable)
        {
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Nothing was done.", detail: unavailable.Message);
        }
    }

    // A page elsewhere cannot send a form here in the name of the clerk who looks at it. Programs that send neither header are no browsers.
    public static bool FromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
