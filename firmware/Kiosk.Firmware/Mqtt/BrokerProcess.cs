using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Kiosk.Firmware.Mqtt;

/// <summary>
/// One run of mosquitto. It has a session of its own, so that Ctrl-C in the terminal does not reach it before the host is done, and the
/// kernel ends it when the host dies (PR_SET_PDEATHSIG, through setpriv).
/// </summary>
internal sealed partial class BrokerProcess
{
    private const int HangUp = 1, Terminate = 15, Kill = 9;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerProcess(string binary, string configuration, Action<string> line)
    {
        // The kernel's "parent" is the thread that forked: it must live as long as the broker, so it is one of our own, not the pool's.
        new Thread(() => Run(binary, configuration, line)) { IsBackground = true, Name = "mosquitto" }.Start();
    }

    public int Id { get; private set; }

    /// <summary>Its exit code.</summary>
    public Task<int> Exited => _exited.Task;

    /// <param name="line">Called with each line that the broker writes, from any thread.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be run.</exception>
    public static async Task<BrokerProcess> StartAsync(string binary, string configuration, Action<string> line, CancellationToken cancel)
    {
        var broker = new BrokerProcess(binary, configuration, line);
        broker.Id = await broker._started.Task;
        try
        {
            await File.WriteAllTextAsync(PidFile(configuration), broker.Id.ToString(CultureInfo.InvariantCulture), cancel);
        }
        catch
        {
            _ = kill(broker.Id, Terminate); // Nobody would hold it.
            throw;
        }

        return broker;
    }

    /// <summary>The program of that name on the PATH or where Debian puts daemons (not on an ordinary user's PATH), or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/local/sbin", "/usr/sbin", "/sbin"])
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Ends a broker that an earlier host left behind with this configuration.</summary>
    /// <returns>Its process id, or null where there was none.</returns>
    public static async Task<int?> EndOrphanAsync(string configuration, TimeProvider time, CancellationToken cancel)
    {
        var file = PidFile(configuration);
        if (!File.Exists(file) || !int.TryParse(await File.ReadAllTextAsync(file, cancel), CultureInfo.InvariantCulture, out var id)) return null;
        if (!Runs(id, configuration)) return null;

        var began = time.GetTimestamp();
        _ = kill(id, Terminate);
        while (Runs(id, configuration))
        {
            if (time.GetElapsedTime(began) > StopPatience) _ = kill(id, Kill);
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
        }

        return id;
    }

    /// <summary>SIGHUP, on which mosquitto reads passwords, rules and certificates again. Not before it says that it runs: until then the signal ends it.</summary>
    public void Reload() => _ = kill(Id, HangUp);

    /// <summary>SIGTERM, on which mosquitto saves its sessions; SIGKILL where that is not enough.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        _ = kill(Id, Terminate);
        if (await Task.WhenAny(_exited.Task, Task.Delay(StopPatience, time, CancellationToken.None)) != _exited.Task) _ = kill(Id, Kill);
        await _exited.Task;
    }

    private static string PidFile(string configuration) => Path.ChangeExtension(configuration, ".pid");

    /// <summary>The number alone proves nothing: after a power cut it can be anybody's.</summary>
    private static bool Runs(int id, string configuration)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words.Contains(configuration) && words.Any(word => word.EndsWith("mosquitto", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false; // No such process.
        }
    }

    /// <summary>Starts it from the calling thread, with whose end the kernel ends it.</summary>
    internal static Process Launch(string binary, string configuration, Action<string> line)
    {
        var (setsid, setpriv) = (Find("setsid"), Find("setpriv"));
        if (setsid is null || setpriv is null)
            line("Warning: setsid or setpriv (package util-linux) is missing: a killed host leaves its broker until the next start.");

        string[] words =
        [
            .. setsid is null ? Array.Empty<string>() : [setsid],
            .. setpriv is null ? Array.Empty<string>() : [setpriv, "--pdeathsig", "TERM"],
            binary, "-c", configuration,
        ];
        var process = new Process
        {
            StartInfo = new(words[0], words[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true },
        };
        process.ErrorDataReceived += (_, said) => Say(said.Data);
        process.OutputDataReceived += (_, said) => Say(said.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;

        void Say(string? said)
        {
            if (!string.IsNullOrEmpty(said)) line(said.Length > 500 ? said[..500] : said);
        }
    }

    private void Run(string binary, string configuration, Action<string> line)
    {
        try
        {
            using var process = Launch(binary, configuration, line);
            _started.SetResult(process.Id);
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
        catch (Exception failure)
        {
            // Whoever awaits the start or the exit gets it.
            if (!_started.TrySetException(failure)) _exited.TrySetException(failure);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
