using System.Text;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>One browser's stream: changed parts as they come, and a beat every second so that silence means something.</summary>
internal sealed class LiveStream(LiveScreens screens, IHostApplicationLifetime life)
{
    private static readonly byte[] Retry = Encoding.ASCII.GetBytes("retry: 500\n\n");

    public async Task ServeAsync(HttpContext http, ScreenAddress address)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        if (screens.Join(address, http.Response.BodyWriter, either.Token) is not { } viewer)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "2";
            return;
        }

        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.BodyWriter.WriteAsync(Retry, either.Token);
            screens.Begin(viewer);
            await viewer.Over.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The browser left or the host stops: the stream ends, nobody is told.
        }
        finally
        {
            screens.Leave(viewer);

            // The connection goes on to its next request: no late part may come into that.
            await viewer.CloseAsync();
        }
    }
}
