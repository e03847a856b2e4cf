using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A real mosquitto of a test's own, with the configuration that the test says.</summary>
internal sealed class TestMosquitto : IDisposable
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    private readonly string _configuration;
    private Process? _process;

    public TestMosquitto(string directory, string settings)
    {
        Port = AnyPort();
        _configuration = Path.Combine(directory, "mosquitto.conf");
        File.WriteAllText(_configuration, $"user {Environment.UserName}\nlistener {Port} 127.0.0.1\nlog_dest none\n{settings}\n");
    }

    public int Port { get; }

    public BrokerAddress Address => new("127.0.0.1", Port, Tls: false);

    public void Start() => _process = Process.Start(
        BrokerProcess.Find("mosquitto") ?? throw new FileNotFoundException(HallBroker.MissingBinary), ["-c", _configuration]);

    /// <summary>SIGHUP: passwords, rights and certificates are read again.</summary>
    public void Reload()
    {
        using var kill = Process.Start("kill", ["-HUP", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL: nothing is saved.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null) Kill();
    }

    public static int AnyPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
