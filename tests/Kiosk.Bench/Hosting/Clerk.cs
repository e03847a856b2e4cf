namespace Kiosk.Bench.Hosting;

/// <summary>One client on one connection: issues numbers and calls them at its counter, and keeps what it was told.</summary>
internal sealed class Clerk : IDisposable
{
    private readonly HttpLine _line;
    private readonly byte[] _next;
    private readonly byte[][] _take;
    private int _taken;

    /// <param name="services">Takes numbers of the first so many services in turn.</param>
    public Clerk(HallHost host, int counter, int services)
    {
        _line = new(host.Port);
        _next = HttpLine.Post($"/api/v1/counters/{counter}/next", "", host.Token);
        _take = [.. BenchProfile.Services.Take(services).Select(service => HttpLine.Post("/api/v1/tickets", $$"""{"service":"{{service}}","print":false}"""))];
    }

    /// <summary>Numbers as they were issued.</summary>
    public List<string> Issued { get; } = [];

    /// <summary>The number that is next, where this clerk alone issues and calls those of one service.</summary>
    public string Waiting => Issued[Called.Count];

    /// <summary>Ids of tickets as they were called.</summary>
    public List<string> Called { get; } = [];

    /// <summary>Takes a number.</summary>
    /// <exception cref="IOException">It was refused, or the answer names no number.</exception>
    public void Take()
    {
        var answer = HallHost.Done(_line.Ask(_take[_taken++ % _take.Length]));
        Issued.Add(answer.Member("number") ?? throw new IOException($"A ticket without a number: {answer.Text}"));
    }

    /// <summary>Finishes the customer at the counter, if any, and calls the next.</summary>
    /// <returns>The number that was called.</returns>
    /// <exception cref="IOException">It was refused, or nobody was called.</exception>
    public string Call()
    {
        var answer = HallHost.Done(_line.Ask(_next));
        Called.Add(answer.Member("id") ?? throw new IOException($"Nobody was called: {answer.Text}"));
        return answer.Member("number")!;
    }

    public void Dispose() => _line.Dispose();

    /// <summary>Throws where a number was issued twice or a ticket was called twice.</summary>
    public static void Check(IReadOnlyCollection<Clerk> clerks)
    {
        Once(clerks.SelectMany(clerk => clerk.Issued), "issued");
        Once(clerks.SelectMany(clerk => clerk.Called), "called");
    }

    private static void Once(IEnumerable<string> told, string what)
    {
        var seen = new HashSet<string>();
        if (told.FirstOrDefault(one => !seen.Add(one)) is { } twice) throw new InvalidOperationException($"{twice} was {what} twice.");
    }
}
