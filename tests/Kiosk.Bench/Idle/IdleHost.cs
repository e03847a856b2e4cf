using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Written;

namespace Kiosk.Bench.Idle;

/// <summary>The real host in a process of its own, every device of the telecom hall emulated, its data on a private disk.</summary>
internal sealed class IdleHost : IAsyncDisposable
{
    private const int DeviceMegabytes = 96;

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(90), Quiet = TimeSpan.FromSeconds(15);

    private readonly LoopDevice _device;
    private readonly Process _host;
    private readonly Queue<string> _last = new();
    private long _before;

    private IdleHost(LoopDevice device, Process host)
    {
        (_device, _host) = (device, host);
        _host.OutputDataReceived += Keep;
        _host.ErrorDataReceived += Keep;
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
    }

    /// <summary>Timestamp from which on it counts.</summary>
    public long Since { get; private set; }

    /// <summary>Starts it and waits until its day is open and nothing is written any more.</summary>
    public static async Task<IdleHost> StartAsync(BenchRun run, CancellationToken cancel)
    {
        var firmware = Path.Combine(AppContext.BaseDirectory, "..", "..", "Kiosk.Firmware", new DirectoryInfo(AppContext.BaseDirectory).Name, "Kiosk.Firmware.dll");
        if (!File.Exists(firmware)) throw new NotHereException($"{Path.GetFullPath(firmware)} is missing: build the solution.");
        var directory = run.NewDirectory("idle");
        var profile = Path.Combine(directory, "hall.json");
        await File.WriteAllTextAsync(profile, Profile(), cancel);
        var device = await LoopDevice.MountAsync(directory, DeviceMegabytes, cancel);
        IdleHost? host = null;
        try
        {
            var address = new Uri($"http://127.0.0.1:{AnyPort()}");
            host = new(device, Process.Start(new ProcessStartInfo("dotnet", [firmware, "--profile", profile, "--data", Path.Combine(device.Directory, "data"), "--urls", address.ToString(), "--no-broker", "--crowd", "0"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!);
            await host.OpenAsync(address, cancel);
            return host;
        }
        catch
        {
            await (host?.DisposeAsync() ?? device.DisposeAsync());
            throw;
        }
    }

    public async Task<long> WrittenAsync(CancellationToken cancel)
    {
        Alive();
        return await _device.WrittenAsync(cancel) - _before;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_host.HasExited) _host.Kill();
        await _host.WaitForExitAsync();
        _host.Dispose();
        await _device.DisposeAsync();
    }

    // It is about ten in the morning there, so that no day begins or ends meanwhile.
    private static string Profile()
    {
        var json = JsonNode.Parse(File.ReadAllText(HallFile.Path))!.AsObject();
        json.Remove("$schema");
        var ahead = 10 - DateTimeOffset.UtcNow.Hour;
        if (ahead < -12) ahead += 24;

        // POSIX counts them the other way: Etc/GMT-8 is eight hours ahead.
        json["timeZone"] = ahead == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-ahead:+0;-0}");
        return json.ToJsonString();
    }

    private async Task OpenAsync(Uri address, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        var begun = Stopwatch.GetTimestamp();
        while (!await OpensAsync(http, cancel))
        {
            Alive();
            if (Stopwatch.GetElapsedTime(begun) > StartWithin) throw new TimeoutException("The host did not open its day:\n" + Lines());
            await Task.Delay(100, cancel);
        }

        _before = await _device.SettledAsync(Quiet, cancel);
        Since = Stopwatch.GetTimestamp();
    }

    private static async Task<bool> OpensAsync(HttpClient http, CancellationToken cancel)
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

    private void Alive()
    {
        if (_host.HasExited) throw new InvalidOperationException("The host ended:\n" + Lines());
    }

    private string Lines()
    {
        lock (_last) return string.Join('\n', _last);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_last)
        {
            if (line.Data is not null) _last.Enqueue(line.Data);
            if (_last.Count > 40) _last.Dequeue();
        }
    }

    private static int AnyPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
