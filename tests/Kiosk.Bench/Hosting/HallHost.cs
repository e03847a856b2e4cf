using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Hosting;

/// <summary>The real host as a board runs it: a process of its own, its journal on the file system that is judged, every device of the profile emulated.</summary>
internal sealed class HallHost : IDisposable
{
    private const string Pin = "246810";

    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(20);

    // As provisioning/package/kiosk.service starts it on a board.
    private static readonly Dictionary<string, string> AsUnit = new() { ["DOTNET_gcServer"] = "0", ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_GCgen0size"] = "400000" };

    private readonly ServerProcess _server;

    private HallHost(ServerProcess server) => _server = server;

    /// <summary>The host as it was built beside this program.</summary>
    public static string Library => Path.Combine(AppContext.BaseDirectory, "..", "..", "Kiosk.Firmware", new DirectoryInfo(AppContext.BaseDirectory).Name, "Kiosk.Firmware.dll");

    public int Port => _server.Port;

    public int Id => _server.Id;

    public TimeSpan Cpu => _server.Cpu;

    /// <summary>From the start of the process until <c>GET /hall</c> was answered whole.</summary>
    public TimeSpan FirstPage { get; private init; }

    /// <summary>Of the process until then.</summary>
    public TimeSpan FirstPageCpu { get; private init; }

    /// <summary>Of a manager who is signed in; "" where nobody signed in.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A new hall, started until its first page is there.</summary>
    /// <param name="counters">How many it has.</param>
    /// <param name="staff">Has accounts that somebody can sign in with, as a demo has; one PIN is hashed for them, which a board's start does not do.</param>
    public static async Task<HallHost> StartAsync(string directory, int counters, bool staff, CancellationToken cancel, params string[] more)
    {
        var profile = BenchProfile.Write(directory, counters);
        var port = ServerProcess.AnyPort();
        var server = new ServerProcess(
            Library, port,
            ["--profile", profile, "--data", Path.Combine(directory, "data"), "--urls", $"http://127.0.0.1:{port}", "--crowd", "0", .. more],
            staff ? new Dictionary<string, string>(AsUnit) { ["KIOSK_DEMO"] = "1", ["KIOSK_PIN"] = Pin } : AsUnit);
        try
        {
            var first = await server.AnsweredAsync(HttpLine.Get("/hall"), cancel);
            return new(server) { FirstPage = first, FirstPageCpu = server.Cpu };
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the day is open, signs a manager in and opens the counters.</summary>
    public async Task OpenAsync(int counters, CancellationToken cancel)
    {
        using var line = new HttpLine(Port);
        await DayOpensAsync(line, cancel);
        Token = Done(line.Ask(HttpLine.Post("/api/v1/sign-in", $$"""{"user":"manager","pin":"{{Pin}}"}"""))).Member("token") ?? throw new IOException("The sign-in was answered without a token.");
        for (var n = 1; n <= counters; n++) Done(line.Ask(HttpLine.Post($"/api/v1/counters/{n}/open", "", Token)));
    }

    /// <summary>Waits until the hall opens its day by itself.</summary>
    public static async Task DayOpensAsync(HttpLine line, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        for (var pause = TimeSpan.FromMilliseconds(20); line.Ask(HttpLine.Get("/api/v1/hall")).Member("state") != "open"; waited += pause)
        {
            if (waited > OpenWithin) throw new InvalidOperationException($"The hall did not open its day within {OpenWithin.TotalSeconds} s.");
            await Task.Delay(pause, cancel);
        }
    }

    /// <exception cref="IOException">It was refused: with what the host said.</exception>
    public static HttpAnswer Done(HttpAnswer answer) => answer.Status is >= 200 and < 300 ? answer : throw new IOException($"The host answered {answer.Status}: {answer.Text}");

    public void Dispose() => _server.Dispose();
}
