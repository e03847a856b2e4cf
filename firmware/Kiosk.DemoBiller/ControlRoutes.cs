using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kiosk.DemoBiller;

/// <summary>How to make the server misbehave, and what it has booked, for those who show the demo. Only from this machine.</summary>
internal sealed class ControlRoutes(BillerServerOptions options, BillerStore store, Mood mood)
{
    private static readonly Dictionary<string, BehaviourKind> Kinds = Enum.GetValues<BehaviourKind>().ToDictionary(Name, StringComparer.Ordinal);

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/behaviour", Told(_ => Task.FromResult(Now())));
        group.MapPut("/behaviour", Told(ChangeAsync));
        group.MapGet("/postings", Told(request => Task.FromResult(Postings(request.Query["biller"]))));
    }

    private static RequestDelegate Told(Func<HttpRequest, Task<Answer>> answer) => context => AnswerAsync(context, answer);

    private async Task<Answer> ChangeAsync(HttpRequest request)
    {
        mood.Now = Behaviour(await RequestText.ReadAsync(request, request.HttpContext.RequestAborted));
        return Now();
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpRequest, Task<Answer>> answer)
    {
        // The listener is on the loopback; this holds too if somebody puts another one beside it.
        if (context.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            await BillerRoutes.SendAsync(context, await answer(context.Request));
        }
        catch (BadRequestException wrong)
        {
            await BillerRoutes.SendAsync(context, Answer.Problem(400, "bad-request", wrong.Message));
        }
    }

    private Behaviour Behaviour(RequestText request)
    {
        var biller = request.TextOrNull("biller", 40);
        if (biller is not null && options.Billers.All(known => known.Id != biller)) throw new BadRequestException("biller", string.Join(", ", options.Billers.Select(known => known.Id)));

        var kind = Kinds.TryGetValue(request.Text("kind", 40), out var named) ? named : throw new BadRequestException("kind", string.Join(", ", Kinds.Keys));
        var plain = new Behaviour(kind, biller, (int?)request.WholeOrNull("times", 1, 1000));
        return request.WholeOrNull("seconds", 0, 3600) is { } seconds ? plain with { Delay = TimeSpan.FromSeconds(seconds) } : plain;
    }

    private Answer Now()
    {
        var now = mood.Now;
        return Answer.Fine(new()
        {
            ["kind"] = Name(now.Kind),
            ["biller"] = now.Biller,
            ["times"] = now.Times,
            ["seconds"] = (int)now.Delay.TotalSeconds,
            ["kinds"] = new JsonArray([.. Kinds.Keys.Select(kind => JsonValue.Create(kind))]),
        });
    }

    private Answer Postings(string? biller)
    {
        List<BookedPosting> all;
        lock (store.Gate) all = store.All(biller);
        return Answer.Fine(new()
        {
            ["postings"] = new JsonArray([.. all.Select(posting => new JsonObject
            {
                ["number"] = posting.Receipt,
                ["biller"] = posting.Biller,
                ["key"] = posting.Key,
                ["state"] = posting.State,
                ["reason"] = posting.Reason,
                ["account"] = posting.LastFour is { } digits ? "•••• " + digits : null,
                ["amount"] = posting.Amount,
                ["terminal"] = posting.Terminal,
                ["period"] = posting.Period,
                ["deliveries"] = mood.Deliveries(posting.Key),
            })]),
        });
    }

    /// <summary>Kebab case: <c>hang-up-after-booking</c>.</summary>
    private static string Name(BehaviourKind kind) =>
        string.Concat(kind.ToString().Select((sign, place) => char.IsUpper(sign) ? (place == 0 ? "" : "-") + char.ToLowerInvariant(sign) : sign.ToString()));
}
