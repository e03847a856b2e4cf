using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui.Screens;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>Answers with a screen: as a page, or as its parts.</summary>
internal sealed class ScreenReply(ScreenComposer composer, ScreenRenderer renderer, HallFeed feed)
{
    /// <summary>The page, or null where there is no such screen.</summary>
    public async Task<IResult?> PageAsync(ScreenAddress address) => composer.Compose(address) is { } content ? await PageAsync(content) : null;

    public async Task<IResult> PageAsync(ScreenContent content, int status = StatusCodes.Status200OK) => new HtmlPage(await renderer.PageAsync(content), status);

    /// <summary>The parts as they are after an answer of the hall, and what to say about it.</summary>
    public async Task<IResult> PartsAsync(ScreenAddress address, Answer? answer, string? message, CancellationToken cancel)
    {
        // The engine may answer a moment before it publishes: a screen never shows the state before its own press.
        if (answer is { Events.IsDefaultOrEmpty: false, Repeated: false }) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
        if (composer.Compose(address) is not { } content) return Results.NotFound();

        var frame = await renderer.FrameAsync(content);
        return Results.Json(new Update(frame.Language, frame.Classes, frame.Title, frame.Parts, message), LiveJson.Default.Update);
    }

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
