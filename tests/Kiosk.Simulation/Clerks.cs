using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Kiosk.Simulation;

/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="Path">What is posted where.</param>
internal sealed record Ask(string Key, string Path, object? Body);

/// <param name="Ticket">Id of the ticket that was issued or called; null where only the last customer was finished.</param>
internal sealed record Acknowledged(Ask Ask, string? Ticket, string? Number);

/// <summary>Parallel clients. What was answered is written down; what was under way when the host died is asked again with the same key.</summary>
internal sealed class Clerks(HostProcess host, int count, int seed)
{
    private static readonly string[] Services = ["pay", "new-number", "plan-change"];

    private readonly ConcurrentQueue<Ask> _unanswered = new();
    private long _asked;

    public ConcurrentQueue<Acknowledged> Answered { get; } = new();

    public long Rejected;

    /// <summary>Answers that no client should ever get.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public int Unanswered => _unanswered.Count;

    public async Task OpenCountersAsync(CancellationToken cancel)
    {
        using var http = host.Client();
        for (var n = 1; n <= 6; n++) (await http.PostAsync($"/api/v1/counters/{n}/open", null, cancel)).EnsureSuccessStatusCode();
    }

    /// <summary>Works until cancelled or until the host is gone.</summary>
    public Task WorkAsync(CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(client => Task.Run(() => WorkAsync(new Random(HashCode.Combine(seed, client, _asked)), cancel), CancellationToken.None)));

    /// <summary>Asks everything again that got no answer, with the same keys.</summary>
    public async Task AskAgainAsync(CancellationToken cancel)
    {
        using var http = host.Client();
        while (_unanswered.TryDequeue(out var ask)) await AskAsync(http, ask, cancel);
    }

    /// <summary>Repeats what was acknowledged, as a client that lost the answer would: it must be told the same.</summary>
    public async Task AskOnceMoreAsync(IEnumerable<Acknowledged> told, CancellationToken cancel)
    {
        using var http = host.Client();
        foreach (var answer in told)
        {
            await AskAsync(http, answer.Ask, cancel);
            if (!Answered.TryDequeue(out var again) || again != answer) Wrong.Enqueue($"{answer.Ask.Path} {answer.Ask.Key} was told {answer.Number}, and when repeated {again?.Number ?? "something else"}");
        }
    }

    private async Task WorkAsync(Random random, CancellationToken cancel)
    {
        using var http = host.Client();
        while (!cancel.IsCancellationRequested)
        {
            var key = $"k{Interlocked.Increment(ref _asked)}";
            var ask = random.Next(2) == 0
                ? new Ask(key, "/api/v1/tickets", new { service = Services[random.Next(Services.Length)], print = random.Next(4) == 0 })
                : new Ask(key, $"/api/v1/counters/{random.Next(1, 7)}/next", null);
            try
            {
                await AskAsync(http, ask, CancellationToken.None);
            }
            catch (Exception gone) when (gone is HttpRequestException or SocketException)
            {
                // A connection that the kill met while it was being made fails with the socket's own exception.
                _unanswered.Enqueue(ask);
                return;
            }
            catch (TaskCanceledException)
            {
                Wrong.Enqueue($"{ask.Path} {ask.Key}: no answer within {http.Timeout.TotalSeconds} s");
                return;
            }
        }
    }

    private async Task AskAsync(HttpClient http, Ask ask, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ask.Path) { Content = ask.Body is null ? null : JsonContent.Create(ask.Body) };
        request.Headers.Add("Idempotency-Key", ask.Key);
        using var response = await http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            Interlocked.Increment(ref Rejected);
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            Wrong.Enqueue($"{ask.Path}: {(int)response.StatusCode} {text}");
            return;
        }

        using var json = JsonDocument.Parse(text);
        var isCall = ask.Body is null;
        var called = !isCall || json.RootElement.GetProperty("called").GetBoolean();
        Answered.Enqueue(new(ask, called ? json.RootElement.GetProperty("id").GetString() : null, called ? json.RootElement.GetProperty("number").GetString() : null));
    }
}
