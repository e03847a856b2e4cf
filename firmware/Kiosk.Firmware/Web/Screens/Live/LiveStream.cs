using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What a browser gets to put in place.</summary>
internal sealed record Update(string Lang, string Classes, string Title, IReadOnlyDictionary<string, string> Parts);

/// <param name="Message">Why a press had no effect, in the language of the screen; null where it had.</param>
/// <param name="Good">The message tells what was done.</param>
/// <param name="Go">Address of this host to go on to, or null.</param>
internal sealed record PressReply(string? Message, bool Good = false, string? Go = null);

internal sealed record Beat(long Now, string Version);

[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Beat))]
[JsonSerializable(typeof(PressReply))]
internal sealed partial class LiveJson : JsonSerializerContext
{
    /// <summary>HTML and Chinese as themselves: a stream is read by a script, never put into a page as it is.</summary>
    public static LiveJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>One browser's stream: changed parts as they come, and a beat every second so that silence means something.</summary>
internal sealed class LiveStream(LiveScreens screens, TimeProvider time, IHostApplicationLifetime life)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    public async Task ServeAsync(HttpContext http, ScreenAddress address)
    {
        if (screens.Join(address) is not { } screen)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "2";
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsync("retry: 500\n\n", either.Token);
            await SendAsync(http.Response, screen, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The browser left or the host stops: the stream ends, nobody is told.
        }
        finally
        {
            screens.Leave(screen);
        }
    }

    private async Task SendAsync(HttpResponse response, LiveScreen screen, CancellationToken cancel)
    {
        long seen = 0;
        while (true)
        {
            var beat = new Beat(time.GetUtcNow().ToUnixTimeMilliseconds(), Asset.Version);
            await WriteAsync(response, "beat", JsonSerializer.Serialize(beat, LiveJson.Wire.Beat), cancel);

            var due = Task.Delay(BeatEvery, time, cancel);
            while (!due.IsCompleted)
            {
                var latest = screen.Latest;
                if (latest.Version > seen)
                {
                    if (latest.Frame is null)
                    {
                        await WriteAsync(response, "gone", "{}", cancel);
                        return;
                    }

                    var update = new Update(latest.Frame.Language, latest.Frame.Classes, latest.Frame.Title, latest.Since(seen));
                    await WriteAsync(response, "parts", JsonSerializer.Serialize(update, LiveJson.Wire.Update), cancel);
                    seen = latest.Version;
                }

                await Task.WhenAny(screen.AfterAsync(seen), due);
            }

            await due;
        }
    }

    private static async Task WriteAsync(HttpResponse response, string kind, string json, CancellationToken cancel)
    {
        await response.WriteAsync($"event: {kind}\ndata: {json}\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }
}
