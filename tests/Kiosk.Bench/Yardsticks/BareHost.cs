using Kiosk.Bench.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Bench.Yardsticks;

/// <summary>The least that a web server of this framework can be: one page, one POST that makes 4 KiB durable, nothing else. In a process of its own, started from this same program.</summary>
internal static class BareHost
{
    /// <summary>First word of the command line that makes this program the yardstick.</summary>
    public const string Word = "yardstick-host";

    public const string Name = "bare ASP.NET slim host", DurableName = Name + " + pwrite + fdatasync per POST";

    private const string Page = "<!doctype html><html lang=\"en\"><title>Bare</title><p>Bare</p></html>";

    public static byte[] GetPage { get; } = HttpLine.Get("/");

    /// <summary>As long as a request for a number, and answered as short.</summary>
    public static byte[] PostCommit { get; } = HttpLine.Post("/commit", """{"service":"plan-change","print":false}""");

    /// <param name="directory">Where its POST writes.</param>
    public static ServerProcess Start(string directory)
    {
        var port = ServerProcess.AnyPort();
        return new(typeof(BareHost).Assembly.Location, port, [Word, $"http://127.0.0.1:{port}", directory], new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Warning" });
    }

    /// <param name="args">The word, its address, its directory.</param>
    public static async Task<int> ServeAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(args[1]);
        await using var app = builder.Build();
        using var turn = new SemaphoreSlim(1);

        // Made with the first POST: a start that is measured does not wait for it.
        var file = new Lazy<RawFile>(() => new(args[2]));
        app.MapGet("/", () => Results.Text(Page, "text/html; charset=utf-8"));
        app.MapPost("/commit", async (CancellationToken cancel) =>
        {
            await turn.WaitAsync(cancel);
            try
            {
                file.Value.Write();
            }
            finally
            {
                turn.Release();
            }

            return Results.Text("""{"id":"0123456789abcdef","number":"A001","state":"waiting"}""", "application/json");
        });
        await app.RunAsync();
        if (file.IsValueCreated) file.Value.Dispose();
        return 0;
    }
}
