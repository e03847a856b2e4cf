using Kiosk.Firmware.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>The token of a request: a program's <c>Authorization: Bearer</c>, else the browser's cookie.</summary>
internal static class SessionToken
{
    public const string Cookie = "session", ScreenCookie = "screen";

    private const string Scheme = "Bearer ";

    public static (string? Token, bool Bearer) Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return (header[Scheme.Length..].Trim(), true);
        return (request.Cookies[Cookie] is { Length: > 0 } token ? token : null, false);
    }

    public static void Keep(HttpContext http, string token) =>
        http.Response.Cookies.Append(Cookie, token, Options(http, Sessions.Longest));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    /// <summary>For years: a screen is enrolled until somebody revokes it.</summary>
    public static void KeepScreen(HttpContext http, string key) =>
        http.Response.Cookies.Append(ScreenCookie, key, Options(http, TimeSpan.FromDays(3650)));

    private static CookieOptions Options(HttpContext http, TimeSpan? age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = http.Request.IsHttps, MaxAge = age, IsEssential = true };
}
