using Microsoft.AspNetCore.Http.Features;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>The few short fields that a screen's form sends.</summary>
internal static class PressForm
{
    /// <summary>For a text that a person writes: of Hanzi each sign is nine bytes of a form.</summary>
    public const int LongText = 20 * 1024;

    private static FormOptions Limits(int longest) => new()
    {
        ValueCountLimit = 48,
        KeyLengthLimit = 40,
        ValueLengthLimit = longest,
        BufferBodyLengthLimit = Math.Max(16 * 1024, 3 * longest),
        MultipartBodyLengthLimit = 16 * 1024,
    };

    /// <summary>Null where the body is no form or a larger one than any screen sends.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancel, int longest = 200)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await new FormFeature(request, Limits(longest)).ReadFormAsync(cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public static string? Field(this IFormCollection form, string name) => form[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>The script stays on the page; a browser without it gets the page again.</summary>
    public static bool FromScript(this HttpRequest request) => request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
}
