using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>A broker's real program with directory and ports of its own. Killed and started again it finds what it had on disk.</summary>
internal abstract class PrivateBroker : IDisposable
{
    // RabbitMQ needs 5 s where nothing else runs.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);

    private Process? _process;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("kiosk-broker-").FullName;

    public int Port { get; } = TestMosquitto.AnyPort();

    public BrokerAddress Address => new("127.0.0.1", Port, Tls: false);

    /// <summary>Debian's, which a failure names.</summary>
    protected abstract string Package { get; }

    /// <summary>A program that stays in front: killing it kills the broker.</summary>
    protected abstract ProcessStartInfo Program { get; }

    public async Task StartAsync()
    {
        var start = Program;
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Directory);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception missing) when (missing is Win32Exception or FileNotFoundException)
        {
            Assert.Fail($"{start.FileName} is not there: install the package {Package} (apt-get install {Package}).");
        }

        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilItListensAsync();
    }

    /// <summary>SIGKILL: nothing is saved.</summary>
    public void Kill()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public virtual void Dispose()
    {
        Kill();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    protected string Write(string name, string text)
    {
        var file = Path.Combine(Directory, name);
        File.WriteAllText(file, text);
        return file;
    }

    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    protected static bool Listens(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task UntilItListensAsync()
    {
        using var watchdog = new CancellationTokenSource(StartPatience);
        while (true)
        {
            Assert.False(_process!.HasExited, $"{Package} ended at its start with code {(_process.HasExited ? _process.ExitCode : 0)}; see {Directory}.");
            if (Listens(Port)) return;
            await Task.Delay(100, watchdog.Token);
        }
    }
}
