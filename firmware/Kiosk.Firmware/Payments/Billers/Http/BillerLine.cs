using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>How often a request is sent, at most.</summary>
internal enum Persistence
{
    /// <summary>Asking changes nothing: again after anything that is no answer.</summary>
    Asking,

    /// <summary>It has the same key each time. Not again after a time-out: who waits, waits for one attempt.</summary>
    Posting,
}

/// <summary>Sends requests to one biller: with token, time limit, retries, and a rest after many failures. Whatever goes wrong comes back as a value.</summary>
/// <param name="tokens">Null: a certificate says who we are.</param>
/// <param name="patience">Of one attempt.</param>
internal sealed class BillerLine(HttpMessageInvoker http, TokenSource? tokens, TimeSpan patience, TimeProvider time)
{
    public const int MaxBytes = 64 * 1024;

    private const int FailuresBeforeRest = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200), Watched = TimeSpan.FromSeconds(30), Rest = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Persistence, ResiliencePipeline<Reply.Answered>> _pipelines = Pipelines(patience, time);

    /// <param name="request">Makes the request anew for each attempt.</param>
    public async Task<Reply> SendAsync(Func<HttpRequestMessage> request, Persistence persistence, CancellationToken cancel)
    {
        try
        {
            return await _pipelines[persistence].ExecuteAsync(async attempt => await AttemptAsync(request, attempt), cancel);
        }
        catch (TimeoutRejectedException)
        {
            return new Reply.None($"no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (BrokenCircuitException)
        {
            return new Reply.None("it has failed too often just now and is left alone for a moment");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or NotLetInException)
        {
            return new Reply.None(failed.InnerException is { } inner ? $"{failed.Message} {inner.Message}" : failed.Message);
        }
    }

    private async Task<Reply.Answered> AttemptAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(request, cancel);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            // A connection that cannot be made in time ends as a cancellation that nobody asked for.
            throw new HttpRequestException("no connection in time", late);
        }
    }

    private async Task<Reply.Answered> OnceAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        if (tokens is null) return await OnceAsync(request(), null, cancel);

        var token = await tokens.GetAsync(cancel);
        var reply = await OnceAsync(request(), token, cancel);
        if (reply.Status != 401) return reply;

        // The biller has forgotten the token, as after a restart: one new one, and again.
        tokens.Drop(token);
        return await OnceAsync(request(), await tokens.GetAsync(cancel), cancel);
    }

    private async Task<Reply.Answered> OnceAsync(HttpRequestMessage request, string? token, CancellationToken cancel)
    {
        using (request)
        {
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.Accept.ParseAdd("application/problem+json");
            using var response = await http.SendAsync(request, cancel);
            var body = await LimitedBody.ReadAsync(response, MaxBytes, cancel) ?? throw new HttpRequestException($"the answer is longer than {MaxBytes} bytes");
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "", body);
        }
    }

    private static Dictionary<Persistence, ResiliencePipeline<Reply.Answered>> Pipelines(TimeSpan patience, TimeProvider time)
    {
        // One rest for all that is sent: a biller that is away for postings is away for look-ups.
        var guarded = Begin(time)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply.Answered>
            {
                FailureRatio = 1,
                MinimumThroughput = FailuresBeforeRest,
                SamplingDuration = Watched,
                BreakDuration = Rest,
                ShouldHandle = failed => new(IsNoAnswer(failed.Outcome, andTimeOuts: true)),
            })
            .AddTimeout(patience)
            .Build();
        return new()
        {
            [Persistence.Asking] = Retrying(guarded, attempts: 2, andTimeOuts: true, time),
            [Persistence.Posting] = Retrying(guarded, attempts: 1, andTimeOuts: false, time),
        };
    }

    private static ResiliencePipeline<Reply.Answered> Retrying(ResiliencePipeline<Reply.Answered> guarded, int attempts, bool andTimeOuts, TimeProvider time) => Begin(time)
        .AddRetry(new RetryStrategyOptions<Reply.Answered>
        {
            MaxRetryAttempts = attempts,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstPause,
            ShouldHandle = failed => new(IsNoAnswer(failed.Outcome, andTimeOuts)),
        })
        .AddPipeline(guarded)
        .Build();

    private static ResiliencePipelineBuilder<Reply.Answered> Begin(TimeProvider time) => new() { TimeProvider = time };

    private static bool IsNoAnswer(Outcome<Reply.Answered> outcome, bool andTimeOuts) => outcome switch
    {
        { Exception: HttpRequestException or IOException } => true,
        { Exception: TimeoutRejectedException } => andTimeOuts,
        { Result.Status: >= 500 or 429 or 408 } => true,
        _ => false,
    };
}
