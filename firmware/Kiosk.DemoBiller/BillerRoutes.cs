using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kiosk.DemoBiller;

/// <summary>The addresses, and what the current behaviour makes of each answer.</summary>
internal sealed class BillerRoutes(BillerServerOptions options, BillerStore store, Mood mood, Tokens tokens, TimeProvider time)
{
    // Names are Chinese; nothing here is pasted into HTML.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth2/token", async context => await SendAsync(context, await tokens.IssueAsync(context.Request, context.RequestAborted)));
        foreach (var biller in options.Billers) Map(routes.MapGroup("/" + biller.Id), biller.Id, new(biller, store, options.ReferenceLife, time));
        new ControlRoutes(options, store, mood).Map(routes.MapGroup("/control"));
    }

    private void Map(RouteGroupBuilder group, string biller, BillerDesk desk)
    {
        void Do(string method, string path, Route route, Func<HttpContext, Task<Answer>> handle) =>
            group.MapMethods(path, [method], context => AnswerAsync(context, biller, route, handle));

        Do("POST", "/bills/look-up", Route.LookUp, async context => desk.LookUp(await RequestText.ReadAsync(context.Request, context.RequestAborted)));
        Do("POST", "/postings", Route.Post, async context =>
        {
            var key = RequestText.Key(context.Request);
            var request = await RequestText.ReadAsync(context.Request, context.RequestAborted);
            mood.Delivered(key);
            return desk.Post(key, request);
        });
        Do("GET", "/postings/{key}", Route.Query, context => Task.FromResult(desk.Query(Key(context))));
        Do("POST", "/postings/{key}/cancel", Route.Cancel, context => Task.FromResult(desk.Cancel(Key(context))));
        Do("GET", "/statements/{terminal}/{period:int}", Route.Statement, context => Task.FromResult(
            desk.Statement((string)context.GetRouteValue("terminal")!, int.Parse((string)context.GetRouteValue("period")!, System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static string Key(HttpContext context) => RequestText.Checked("key", (string)context.GetRouteValue("key")!);

    private async Task AnswerAsync(HttpContext context, string biller, Route route, Func<HttpContext, Task<Answer>> handle)
    {
        if (!tokens.LetsIn(context))
        {
            await SendAsync(context, Answer.Problem(401, "unauthorized", "A token or a certificate is needed."));
            return;
        }

        var behaviour = mood.For(biller, route);
        if (behaviour.Kind == BehaviourKind.HangUp)
        {
            context.Abort();
            return;
        }

        if (behaviour.Kind == BehaviourKind.Away)
        {
            await SendAsync(context, Answer.Problem(503, "away", "The biller is away."));
            return;
        }

        context.Request.EnableBuffering();
        var answer = await HandleAsync(context, handle);
        switch (behaviour.Kind)
        {
            case BehaviourKind.Late:
                await Task.Delay(behaviour.Delay, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case BehaviourKind.HangUpAfterBooking:
                context.Abort();
                return;
            case BehaviourKind.FailAfterBooking:
                answer = Answer.Problem(500, "broken", "Something broke.");
                break;
            case BehaviourKind.OtherKey:
                answer.Body!["key"] = "another-posting";
                break;
            case BehaviourKind.Twice:
                context.Request.Body.Position = 0;
                answer = await HandleAsync(context, handle);
                SendAgain(context, answer);
                break;
        }

        if (context.RequestAborted.IsCancellationRequested) return;
        if (behaviour.Kind == BehaviourKind.Garbage) await context.Response.WriteAsync("<html>It works!</html>", context.RequestAborted);
        else await SendAsync(context, answer);
    }

    private static async Task<Answer> HandleAsync(HttpContext context, Func<HttpContext, Task<Answer>> handle)
    {
        try
        {
            return await handle(context);
        }
        catch (BadRequestException wrong)
        {
            return Answer.Problem(400, "bad-request", wrong.Message);
        }
    }

    /// <summary>Once the answer is out, its bytes once more on the same connection, where the next answer is awaited.</summary>
    private static void SendAgain(HttpContext context, Answer answer) => context.Response.OnCompleted(async () =>
    {
        var body = answer.Body!.ToJsonString(Plain);
        var bytes = Encoding.UTF8.GetBytes($"HTTP/1.1 {answer.Status} Again\r\nContent-Type: {answer.MediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        await context.Features.Get<IConnectionTransportFeature>()!.Transport.Output.WriteAsync(bytes, context.RequestAborted);
    });

    internal static async Task SendAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Body is null) return;

        context.Response.ContentType = answer.MediaType;
        var bytes = Encoding.UTF8.GetBytes(answer.Body.ToJsonString(Plain));
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
