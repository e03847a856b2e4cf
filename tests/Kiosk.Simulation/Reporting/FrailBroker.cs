using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Kiosk.Firmware.Mqtt;

namespace Kiosk.Simulation.Reporting;

/// <summary>A real mosquitto on a port of its own that is killed, started again, and stopped in its tracks. It keeps nothing on disk: a kill takes all it had acknowledged.</summary>
internal sealed partial class FrailBroker : IDisposable
{
    private const int Stop = 19, Continue = 18;

    private readonly string _configuration;
    private Process? _process;

    public FrailBroker(string directory)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        _configuration = Path.Combine(directory, "mosquitto.conf");
        File.WriteAllText(_configuration, $"user {Environment.UserName}\nlistener {Port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 10000\nmax_inflight_messages 100\nlog_dest none\n");
    }

    public int Port { get; }

    public void Start() => _process = Process.Start(new ProcessStartInfo(BrokerProcess.Find("mosquitto") ?? throw new FileNotFoundException(HallBroker.MissingBinary), ["-c", _configuration])
    {
        RedirectStandardError = true,
    });

    /// <summary>SIGKILL: what was in its memory is gone.</summary>
    public void Kill()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The kernel goes on accepting connections for it; nobody answers.</summary>
    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    public void Dispose() => Kill();

    private void Signal(int signal)
    {
        if (_process is { } process && kill(process.Id, signal) != 0) throw new InvalidOperationException($"Signal {signal} did not reach the broker: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
