using System.Collections.Immutable;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>The language of a page for staff or phones: what the address says, else what it said last time, else what the browser prefers, else the hall's own.</summary>
internal static class ScreenLanguage
{
    private const string Cookie = "language";

    public static string Of(HttpContext http, ImmutableArray<string> languages) => Asked(http, languages) ?? Preferred(http, languages) ?? languages[0];

    /// <summary>What somebody chose, or null where nobody did.</summary>
    public static string? Asked(HttpContext http, ImmutableArray<string> languages) =>
        Known(http.Request.Query["lang"], languages) ?? Known(http.Request.Cookies[Cookie], languages);

    /// <summary>For pages: keeps the choice that the address makes.</summary>
    public static void Remember(HttpContext http, ImmutableArray<string> languages)
    {
        if (Known(http.Request.Query["lang"], languages) is not { } asked) return;
        http.Response.Cookies.Append(Cookie, asked, new CookieOptions { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), HttpOnly = true, IsEssential = true });
    }

    private static string? Preferred(HttpContext http, ImmutableArray<string> languages) =>
        http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Closest(wish.Value.ToString(), languages))
            .FirstOrDefault(language => language is not null);

    // zh-HK, zh-MO and zh-Hant are written in traditional characters; en-GB is read by who reads en.
    private static string? Closest(string wish, ImmutableArray<string> languages) =>
        Known(wish, languages)
        ?? (wish is "zh-HK" or "zh-MO" || wish.StartsWith("zh-Hant", StringComparison.OrdinalIgnoreCase) ? Known("zh-TW", languages) : null)
        ?? languages.FirstOrDefault(language => language.Split('-')[0].Equals(wish.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    private static string? Known(string? asked, ImmutableArray<string> languages) =>
        languages.FirstOrDefault(language => language.Equals(asked, StringComparison.OrdinalIgnoreCase));
}
