using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The hall's own broker: a child mosquitto on the loopback, kept alive.</summary>
/// <param name="directory">For configuration and persistence; made where it does not exist.</param>
/// <param name="wantedPort">Where it is taken, the next free one is used.</param>
public sealed partial class HallBroker(string directory, int wantedPort, TimeProvider time, ILogger<HallBroker> log) : BackgroundService
{
    public const string MissingBinary = "mosquitto is not installed: install the package mosquitto (apt-get install mosquitto).";

    private static readonly TimeSpan RestartFirst = TimeSpan.FromMilliseconds(500), RestartLast = TimeSpan.FromSeconds(30), Steady = TimeSpan.FromMinutes(1);

    private readonly string _configuration = Path.Combine(Path.GetFullPath(directory), "mosquitto.conf");

    private volatile Tuple<BrokerAddress?, string> _whereabouts = new(null, MosquittoClient.Starting);

    /// <summary>Where it listens, or null and why it does not.</summary>
    public (BrokerAddress? Address, string Reason) Whereabouts => _whereabouts is var (address, reason) ? (address, reason) : default;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = RestartFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var trouble = await RunOnceAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested) return;

            if (_whereabouts.Item2 != trouble) LogTrouble(trouble);
            _whereabouts = new(null, trouble);
            pause = time.GetElapsedTime(began) > Steady ? RestartFirst : pause;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < RestartLast ? pause * 2 : RestartLast;
        }
    }

    /// <summary>One run of the broker, from a free port to its exit.</summary>
    /// <returns>Why it is not there any more.</returns>
    private async Task<string> RunOnceAsync(CancellationToken cancel)
    {
        if (BrokerProcess.Find("mosquitto") is not { } binary) return MissingBinary;

        try
        {
            if (await BrokerProcess.EndOrphanAsync(_configuration, time, cancel) is { } orphan) LogOrphan(orphan);
            if (FreePort.From(wantedPort) is not { } port) return $"No free port from {wantedPort} to {wantedPort + FreePort.Tries - 1} for the hall's own broker.";
            if (port != wantedPort) LogPortTaken(wantedPort, port);

            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(_configuration, BrokerConfiguration.For(port, Path.GetFullPath(directory), Environment.UserName), cancel);
            var process = await BrokerProcess.StartAsync(binary, _configuration, Said, cancel);
            return await WatchAsync(process, port, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return "The host stops.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return $"The hall's own broker cannot be started: {failure.Message}";
        }
    }

    private void Said(string line)
    {
        if (line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal)) LogComplaint(line);
        else LogLine(line);
    }

    private async Task<string> WatchAsync(BrokerProcess process, int port, CancellationToken cancel)
    {
        LogStarted(port, process.Id);
        _whereabouts = new(new("127.0.0.1", port, Tls: false), "");
        try
        {
            var code = await process.Exited.WaitAsync(cancel);
            return $"The hall's own broker ended with code {code}; it is started again.";
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await process.StopAsync(time);
            LogStopped();
            return "The host stops.";
        }
    }
}
