using System.Diagnostics;
using System.Globalization;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;
using Kiosk.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class MqttServicesTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_host_with_a_broker_of_its_own_reports_through_kill_9_of_it_and_leaves_it_clean()
    {
        var hall = new TestHall();
        using var host = Host(hall, AnyPort());
        var status = host.Services.GetRequiredService<MqttStatus>();
        var broker = host.Services.GetRequiredService<HallBroker>();
        await host.StartAsync();
        await UntilAsync(() => status.State is MqttState.Connected);
        Assert.Equal(broker.Whereabouts.Address.ToString(), status.Broker);

        await using var store = new Store(broker.Whereabouts.Address!.Value);
        await store.SubscribedAsync();
        hall.Open();
        await store.UntilEventAsync(3);
        using (var child = Process.GetProcessById(BrokerId())) child.Kill();
        for (var serial = 1; serial <= 500; serial++) hall.Take(serial);
        await store.UntilEventAsync(503);
        Assert.Equal(Enumerable.Range(1, 503).Select(seq => (1, (long)seq)), store.Events.Distinct());
        await UntilAsync(() => status.Lag == 0);

        var id = BrokerId();
        await host.StopAsync().WaitAsync(Watchdog);
        Assert.False(File.Exists($"/proc/{id}"));
        await store.UntilAsync(heard => heard.Any(message => message.Topic == "qms/v1/test-hall/status"
            && System.Text.Encoding.UTF8.GetString(message.Payload).StartsWith("""{"online":false""", StringComparison.Ordinal)));
        Assert.Equal(503, hall.Journal.Cursor("mqtt-evt"));
    }

    [Fact]
    public void Where_reporting_is_off_the_status_says_so()
    {
        using var services = new ServiceCollection()
            .AddHallMqtt(new(false, null, 1883, _directory.Path, "test-hall", null, null, "0.1.0"))
            .BuildServiceProvider();
        Assert.IsType<MqttState.Off>(services.GetRequiredService<MqttStatus>().State);
        Assert.Equal("", services.GetRequiredService<MqttStatus>().Broker);
        Assert.Empty(services.GetServices<IHostedService>());
    }

    private IHost Host(TestHall hall, int port)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(hall.Feed).AddSingleton<IJournal>(hall.Journal);
        builder.Services.AddHallMqtt(new(true, null, port, _directory.Path, "test-hall", null, null, "0.1.0"));
        return builder.Build();
    }

    private int BrokerId() => int.Parse(File.ReadAllText(Path.Combine(_directory.Path, "broker", "mosquitto.pid")), CultureInfo.InvariantCulture);

    private static async Task UntilAsync(Func<bool> so)
    {
        using var watchdog = new CancellationTokenSource(Watchdog);
        while (!so()) await Task.Delay(50, watchdog.Token);
    }
}
