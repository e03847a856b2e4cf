using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The hall's own broker: a child mosquitto on the loopback, kept alive.</summary>
/// <param name="directory">For configuration, access and persistence; made where it does not exist.</param>
/// <param name="wantedPort">Where it is taken, the next free one is used.</param>
public sealed partial class HallBroker(string directory, int wantedPort, BrokerAccess access, MqttStatus status, TimeProvider time, ILogger<HallBroker> log) : BackgroundService
{
    public const string MissingBinary = "mosquitto is not installed: install the package mosquitto (apt-get install mosquitto).";

    /// <summary>Between two looks at the files of users and certificates.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private const string Part = "broker", Credentials = "listen", Up = " running", Anew = "The hall's own broker is started anew with its users and certificates.";

    private static readonly TimeSpan RestartFirst = TimeSpan.FromMilliseconds(500), RestartLast = TimeSpan.FromSeconds(30), Steady = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UpPatience = TimeSpan.FromSeconds(5), ReloadPace = TimeSpan.FromSeconds(2), WorryPace = TimeSpan.FromHours(1);

    private readonly string _configuration = Path.Combine(Path.GetFullPath(directory), "mosquitto.conf");

    private volatile Tuple<BrokerAddress?, string> _whereabouts = new(null, MosquittoClient.Starting);
    private long? _signalled, _worried;
    private volatile TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens, or null and why it does not.</summary>
    public (BrokerAddress? Address, string Reason) Whereabouts => _whereabouts is var (address, reason) ? (address, reason) : default;

    /// <summary>For other machines, with absolute paths; null: it listens on its board only.</summary>
    public MqttListenProfile? Listen { get; init; }

    /// <summary>The hall's, for dates in sentences.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether it makes a store's user for a demo.</summary>
    public bool DemoStore { get; init; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = RestartFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var trouble = await RunOnceAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested) return;

            if (trouble == Anew) LogReloaded();
            else if (_whereabouts.Item2 != trouble) LogTrouble(trouble);
            _whereabouts = new(null, trouble);
            if (trouble == Anew) continue;

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
            if (Listen is not null && BrokerListener.Trouble(Listen) is { } unfit) return $"The hall's own broker is not started: {unfit}";
            if (port != wantedPort) LogPortTaken(wantedPort, port);

            Directory.CreateDirectory(directory);
            if (DemoStore) access.MakeDemoStore();
            var stamps = Stamps();
            access.WriteTo(directory, ByCertificate);
            await File.WriteAllTextAsync(_configuration, BrokerConfiguration.For(port, Path.GetFullPath(directory), Environment.UserName, Listen), cancel);
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var process = await BrokerProcess.StartAsync(binary, _configuration, Said, cancel);
            return await WatchAsync(process, port, stamps, cancel);
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

    /// <summary>A pattern without a user in it is meant: rights of everybody hold also for sessions whose user mosquitto has forgotten (BrokerRules).</summary>
    private const string Meant = "Warning: ACL pattern";

    private void Said(string line)
    {
        if (line.EndsWith(Up, StringComparison.Ordinal)) _up.TrySetResult();
        if (line.StartsWith(Meant, StringComparison.Ordinal)) LogLine(line);
        else if (line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal)) LogComplaint(line);
        else LogLine(line);
    }

    private async Task<string> WatchAsync(BrokerProcess process, int port, FileStamps stamps, CancellationToken cancel)
    {
        LogStarted(port, process.Id);
        status.Say(Part, null);
        _whereabouts = new(new("127.0.0.1", port, Tls: false), "");
        try
        {
            while (true)
            {
                var (changed, look) = (access.Changed, Task.Delay(Look, time, cancel));
                SayWorry();
                if (!Stamps().Equals(stamps) && await ReloadAsync(process, cancel) is { } read)
                {
                    if (ByCertificate) return Anew;
                    stamps = read;
                }

                if (await Task.WhenAny(process.Exited, changed, look).WaitAsync(cancel) != process.Exited) continue;

                return $"The hall's own broker ended with code {await process.Exited}; it is started again.";
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await process.StopAsync(time);
            LogStopped();
            return "The host stops.";
        }
    }

    private bool ByCertificate => Listen?.CaFile is not null;

    private FileStamps Stamps() => FileStamps.Of(access.File, Listen?.CertFile, Listen?.KeyFile, Listen?.CaFile);

    private void SayWorry()
    {
        if (Listen is null || (_worried is { } before && time.GetElapsedTime(before) < WorryPace)) return;
        _worried = time.GetTimestamp();
        var worry = BrokerListener.Files(Listen).Worry(time.GetUtcNow(), Zone);
        if (worry is not null && status.Says(Credentials) != worry) LogWorry(worry);
        status.Say(Credentials, worry, ReportingFault.Credentials);
    }

    /// <summary>
    /// Sessions and what is queued for them stay; who is not allowed any more is disconnected. Where others come by certificate, mosquitto is ended
    /// instead, to be started anew: a reload lets somebody stay whose certificate is nobody's any more, and takes the rights of sessions that are away.
    /// </summary>
    /// <returns>How the files were that it has read; null: it goes on as it was.</returns>
    private async Task<FileStamps?> ReloadAsync(BrokerProcess process, CancellationToken cancel)
    {
        await Task.WhenAny(_up.Task, Task.Delay(UpPatience, time, cancel));

        // A signal that comes while mosquitto reads is forgotten when it has read.
        if (_signalled is { } before && ReloadPace - time.GetElapsedTime(before) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, time, cancel);
        var stamps = Stamps();
        try
        {
            // Half a pair of certificate and key is waited for: mosquitto would end with it.
            if (Listen is not null && BrokerListener.Files(Listen).Unusable() is { } unfit) throw new IOException(unfit);
            access.WriteTo(directory, ByCertificate);
            if (process.Exited.IsCompleted) return null;
            _worried = null;
            status.Say(Part, null);
            if (ByCertificate)
            {
                await process.StopAsync(time);
                return stamps;
            }

            _signalled = time.GetTimestamp();
            process.Reload();
            LogReloaded();
            return stamps;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var trouble = $"The hall's own broker goes on as it was: {failure.Message}";
            if (status.Says(Part) != trouble) LogTrouble(trouble);
            status.Say(Part, trouble);
            return null;
        }
    }
}
