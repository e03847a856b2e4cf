using Kiosk.Firmware.Web.Screens.Pages;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>What every answer says to browsers: pages, API, assets and refusals alike.</summary>
internal static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PageGuard.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";

        // Staff's answers are not kept by browsers or proxies; assets say otherwise themselves.
        headers.CacheControl = "no-store";
        return next(http);
    });
}
