using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class HallBrokerTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_takes_the_next_free_port_when_the_wanted_one_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, AnyPort());
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        using var broker = await StartedAsync(taken);
        Assert.InRange(broker.Whereabouts.Address!.Value.Port, taken + 1, taken + FreePort.Tries - 1);
        await ConnectsAsync(broker);
        await broker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_is_started_again_when_it_dies_and_ends_with_the_host()
    {
        using var broker = await StartedAsync(AnyPort());
        await ConnectsAsync(broker);
        using var first = Process.GetProcessById(ProcessId());
        first.Kill();
        await first.WaitForExitAsync().WaitAsync(Watchdog);
        await UntilAsync(() => broker.Whereabouts.Address is not null && ProcessId() != first.Id);
        await ConnectsAsync(broker);

        using var second = Process.GetProcessById(ProcessId());
        await broker.StopAsync(CancellationToken.None).WaitAsync(Watchdog);
        await UntilAsync(() => !Runs(second.Id));
    }

    [Fact]
    public async Task A_broker_that_an_earlier_host_left_behind_is_ended()
    {
        var port = AnyPort();
        var configuration = Path.Combine(_directory.Path, "mosquitto.conf");
        await WriteAsync(configuration, port);
        using var orphan = Process.Start(BrokerProcess.Find("mosquitto")!, ["-c", configuration]);
        await File.WriteAllTextAsync(Path.ChangeExtension(configuration, ".pid"), orphan.Id.ToString(CultureInfo.InvariantCulture));

        using var broker = await StartedAsync(port);
        Assert.True(orphan.WaitForExit(TimeSpan.FromSeconds(1)));
        Assert.Equal(port, broker.Whereabouts.Address!.Value.Port);
        await broker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Somebody_elses_process_with_the_old_number_is_left_alone()
    {
        var configuration = Path.Combine(_directory.Path, "mosquitto.conf");
        await File.WriteAllTextAsync(Path.ChangeExtension(configuration, ".pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Assert.Null(await BrokerProcess.EndOrphanAsync(configuration, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task It_has_a_session_of_its_own_so_that_the_terminals_Ctrl_C_does_not_reach_it()
    {
        using var broker = await StartedAsync(AnyPort());
        await ConnectsAsync(broker);
        var stat = (await File.ReadAllTextAsync($"/proc/{ProcessId()}/stat")).Split(' ');
        Assert.Equal(ProcessId().ToString(CultureInfo.InvariantCulture), stat[5]); // Field 6 of proc(5): the session.
        await broker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_kernel_ends_it_when_the_thread_that_started_it_is_gone_as_all_are_after_kill_9()
    {
        var port = AnyPort();
        var configuration = Path.Combine(_directory.Path, "mosquitto.conf");
        await WriteAsync(configuration, port);
        var launched = new TaskCompletionSource<Process>();
        using var enough = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            launched.SetResult(BrokerProcess.Launch(BrokerProcess.Find("mosquitto")!, configuration, _ => { }));
            enough.Wait(Watchdog);
        });
        thread.Start();
        using var process = await launched.Task.WaitAsync(Watchdog);
        await using var client = new MosquittoClient(
            new("probe"), () => (new BrokerAddress("127.0.0.1", port, false), ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);

        enough.Set();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Watchdog);
        }
        finally
        {
            process.Kill(); // Nothing where the kernel did its part; else it would stay behind.
        }

        await MosquittoClientTests.StateAsync<MqttState.Away>(client);
    }

    private async Task<HallBroker> StartedAsync(int port)
    {
        var broker = new HallBroker(_directory.Path, port, new("test-hall", _directory.Path), new(), TimeProvider.System, NullLogger<HallBroker>.Instance);
        await broker.StartAsync(CancellationToken.None);
        await UntilAsync(() => broker.Whereabouts.Address is not null);
        return broker;
    }

    private Task WriteAsync(string configuration, int port)
    {
        new BrokerAccess("test-hall", _directory.Path).WriteTo(_directory.Path, byCertificate: false);
        return File.WriteAllTextAsync(configuration, BrokerConfiguration.For(port, _directory.Path, Environment.UserName));
    }

    private int ProcessId() => int.Parse(File.ReadAllText(Path.Combine(_directory.Path, "mosquitto.pid")), CultureInfo.InvariantCulture);

    private static bool Runs(int id) => File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] != "Z";

    private static async Task ConnectsAsync(HallBroker broker)
    {
        await using var client = new MosquittoClient(new("probe"), () => broker.Whereabouts, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
    }

    private static async Task UntilAsync(Func<bool> so)
    {
        using var watchdog = new CancellationTokenSource(Watchdog);
        while (!so()) await Task.Delay(50, watchdog.Token);
    }
}
