using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui.Screens;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>Answers with a page, or to a press.</summary>
internal sealed class ScreenReply(ScreenComposer composer, ScreenRenderer renderer)
{
    /// <summary>The page, or null where there is no such screen.</summary>
    public async Task<IResult?> PageAsync(ScreenAddress address) => composer.Compose(address) is { } content ? await PageAsync(content) : null;

    public async Task<IResult> PageAsync(ScreenContent content, int status = StatusCodes.Status200OK) => new HtmlPage(await renderer.PageAsync(content), status);

    /// <summary>What the script is told after a press; the parts that changed come by the stream.</summary>
    public static IResult Pressed(string? message, bool good = false, int status = StatusCodes.Status200OK) =>
        Results.Json(new PressReply(message, good), LiveJson.Wire.PressReply, statusCode: status);

    /// <summary>The script goes on to another page of this host.</summary>
    public static IResult Gone(string address) => Results.Json(new PressReply(null, Go: address), LiveJson.Wire.PressReply);

    private sealed class HtmlPage(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.Headers.CacheControl = "no-store";
            return httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
