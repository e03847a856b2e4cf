using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

namespace Kiosk.Simulation;

/// <summary>The real host in a process of its own, on a data directory and a port that outlive it.</summary>
internal sealed class HostProcess : IDisposable
{
    private const string Pin = "246810";

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(90);

    private readonly string _profile;
    private readonly string[] _reporting;
    private Process? _process;
    private string? _token;

    /// <param name="broker">Where it reports; null: nowhere.</param>
    public HostProcess(string directory, string profile, Uri? broker = null)
    {
        _reporting = broker is null ? ["--no-broker"] : ["--mqtt", broker.OriginalString];
        (Data, _profile) = (Path.Combine(directory, "data"), profile);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    public string Data { get; }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <returns>Time from start to the first answer.</returns>
    public async Task<TimeSpan> StartAsync(CancellationToken cancel)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "..", "..", "Kiosk.Firmware", new DirectoryInfo(AppContext.BaseDirectory).Name, "Kiosk.Firmware.dll");
        if (!File.Exists(host)) throw new FileNotFoundException($"{Path.GetFullPath(host)} is missing: build the solution first.");

        var watch = Stopwatch.StartNew();
        _process = Process.Start(new ProcessStartInfo("dotnet", [host, "--profile", _profile, "--data", Data, "--urls", Address.ToString(), .. _reporting, "--crowd", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KIOSK_DEMO"] = "1", ["KIOSK_PIN"] = Pin },
        })!;
        var errors = new Queue<string>();
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (!await AnswersAsync(http, cancel))
        {
            if (_process.HasExited || watch.Elapsed > StartWithin) throw new InvalidOperationException("The host did not start:\n" + string.Join('\n', errors));
            await Task.Delay(20, cancel);
        }

        // Sessions do not outlive the host: somebody signs in after each start.
        var ready = watch.Elapsed;
        using var response = await http.PostAsJsonAsync("/api/v1/sign-in", new { user = "manager", pin = Pin }, cancel);
        _token = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("token").GetString();
        return ready;

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (errors)
            {
                if (line.Data is not null) errors.Enqueue(line.Data);
                if (errors.Count > 40) errors.Dequeue();
            }
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Signed in as the manager of this life of the host.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new("Bearer", _token) },
    };

    /// <summary>The journal as the control socket shows it.</summary>
    public HttpClient Control() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Data, "kiosk.sock")), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = new("http://kiosk/") };

    public void Dispose()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
    }

    // Ready is more than listening: the day must be open, or the first requests are refused.
    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var hall = JsonDocument.Parse(await http.GetByteArrayAsync("/api/v1/hall", cancel));
            return hall.RootElement.GetProperty("state").GetString() == "open";
        }
        catch (Exception away) when (away is HttpRequestException or SocketException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
