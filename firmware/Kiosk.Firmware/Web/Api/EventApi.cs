using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The journal as server-sent events: first the hall as it is, then every event; after a break from where the client was.</summary>
internal static class EventApi
{
    private const int Page = 200, MostStreams = 64;
    private static int _streams;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/events", StreamAsync).WithTags("Hall")
        .WithSummary("Server-sent events: \"hall\" once, then one per journal event, id = epoch-seq; Last-Event-ID resumes")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    public static EventShape Shape(Recorded recorded)
    {
        using var data = JsonDocument.Parse(EventCodec.Encode(recorded.Fact));
        return new(recorded.Epoch, recorded.Seq, recorded.At, EventCodec.TypeOf(recorded.Fact), data.RootElement.Clone(), recorded.Request, recorded.Source, recorded.Who);
    }

    public static EventShape Audited(Recorded recorded) => Public(recorded) with { Who = recorded.Who };

    // Ticket ids open customers' pages and request ids name machines: both stay in the journal and its own log.
    private static EventShape Public(Recorded recorded)
    {
        using var data = JsonDocument.Parse(EventPayloads.Masked(recorded.Fact).ToJsonString());
        return Shape(recorded) with { Data = data.RootElement.Clone(), Request = null, Who = null };
    }

    private static async Task StreamAsync(HttpContext http, HallFeed feed, IJournal journal, TimeProvider time, IHostApplicationLifetime host)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            await Problem.Unavailable("busy", $"More than {MostStreams} programs follow the events already.").ExecuteAsync(http);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        // Who signed in, what stands in the books: for those who may read the audit, not for every screen of the hall.
        var mayAudit = http.Staff()?.Role.May(Right.SeeAudit) == true;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var seen = await BeginAsync(http, feed, time, either.Token);
            while (true)
            {
                foreach (var recorded in journal.Read(seen, Page))
                {
                    seen = recorded.Seq;
                    if (!mayAudit && recorded.Fact is HallEvent.Note and not (HallEvent.DeviceFaulted or HallEvent.DeviceRecovered)) continue;
                    var shape = Public(recorded);
                    await WriteAsync(http, shape.Type, recorded.Epoch, recorded.Seq, JsonSerializer.Serialize(shape, ApiJson.Wire.EventShape), either.Token);
                }

                await http.Response.Body.FlushAsync(either.Token);
                if (feed.Latest.Seq <= seen) await WaitAsync(http, feed, seen, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client went, or the host stops: the stream ends.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    /// <returns>The seq after which the client wants events.</returns>
    private static async Task<long> BeginAsync(HttpContext http, HallFeed feed, TimeProvider time, CancellationToken cancel)
    {
        var now = feed.Latest;
        var last = http.Request.Headers["Last-Event-ID"].ToString().Split('-');
        if (last is [var epoch, var seq]
            && epoch == now.Epoch.ToString(CultureInfo.InvariantCulture)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var after) && after <= now.Seq)
        {
            return after;
        }

        await WriteAsync(http, "hall", now.Epoch, now.Seq, JsonSerializer.Serialize(HallApi.Shape(now, feed.Profile, time, http.RequestServices.GetRequiredService<WaitQuotes>()), ApiJson.Wire.HallShape), cancel);
        return now.Seq;
    }

    private static async Task WaitAsync(HttpContext http, HallFeed feed, long seen, TimeProvider time, CancellationToken cancel)
    {
        if (!await News.WithinAsync(Beat, time, either => feed.AfterAsync(seen, either), cancel)) await http.Response.WriteAsync(": beat\n\n", cancel);
    }

    private static Task WriteAsync(HttpContext http, string type, int epoch, long seq, string data, CancellationToken cancel) =>
        http.Response.WriteAsync($"event: {type}\nid: {epoch}-{seq}\ndata: {data}\n\n", cancel);
}
