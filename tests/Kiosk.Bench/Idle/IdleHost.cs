using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Kiosk.Bench.Halls;
using Kiosk.Bench.Hosting;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Written;

namespace Kiosk.Bench.Idle;

/// <summary>The real host in a process of its own, every device of the telecom hall emulated, its data on a private disk.</summary>
internal sealed class IdleHost : IAsyncDisposable
{
    private const int DeviceMegabytes = 96;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly LoopDevice _device;
    private readonly ServerProcess _host;
    private long _before;

    private IdleHost(LoopDevice device, ServerProcess host) => (_device, _host) = (device, host);

    /// <summary>Timestamp from which on it counts.</summary>
    public long Since { get; private set; }

    /// <summary>Starts it and waits until its day is open and nothing is written any more.</summary>
    public static async Task<IdleHost> StartAsync(BenchRun run, CancellationToken cancel)
    {
        var directory = run.NewDirectory("idle");
        var profile = Path.Combine(directory, "hall.json");
        await File.WriteAllTextAsync(profile, Profile(), cancel);
        var device = await LoopDevice.MountAsync(directory, DeviceMegabytes, run.Say, cancel);
        IdleHost? host = null;
        try
        {
            var port = ServerProcess.AnyPort();
            host = new(device, new(HallHost.Library, port, ["--profile", profile, "--data", Path.Combine(device.Directory, "data"), "--urls", $"http://127.0.0.1:{port}", "--no-broker", "--crowd", "0"]));
            await host.OpenAsync(cancel);
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
        _host.Alive();
        return await _device.WrittenAsync(cancel) - _before;
    }

    public async ValueTask DisposeAsync()
    {
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

    private async Task OpenAsync(CancellationToken cancel)
    {
        await _host.AnsweredAsync(HttpLine.Get("/hall"), cancel);
        using (var line = new HttpLine(_host.Port)) await HallHost.DayOpensAsync(line, cancel);
        _before = await _device.SettledAsync(Quiet, cancel);
        Since = Stopwatch.GetTimestamp();
    }
}
