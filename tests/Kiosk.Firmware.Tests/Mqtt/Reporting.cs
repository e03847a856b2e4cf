using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Mqtt.Commands;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The reporting side of a host: worker, client and status over a test hall.</summary>
internal sealed class Reporting : IAsyncDisposable
{
    public static readonly Topics Topics = new("test-hall");

    private readonly PublishWorker _worker;

    public Reporting(TestHall hall, Func<(BrokerAddress? Address, string Reason)> broker, string? user = null, MqttProtocol protocol = MqttProtocol.V5, IDeviceDirectory? devices = null, MqttTls? tls = null, string? passwordFile = null, WaitQuote? waits = null, TimeSpan? answerPatience = null)
    {
        var settings = Settings = new MqttSettings(true, null, 0, "", "test-hall", user, passwordFile, "0.1.0") { Tls = tls };
        var farewell = new Farewell(Topics, Status, settings, hall.Journal);
        Client = new(
            new("kiosk-test-hall", farewell.Now) { User = user, Password = passwordFile is null ? () => "right" : settings.Password, Tls = tls, Protocol = protocol, BackOffLast = TimeSpan.FromMilliseconds(400), AnswerPatience = answerPatience ?? TimeSpan.FromSeconds(20) },
            broker, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _worker = new(hall.Journal, hall.Feed, Client, Topics, settings, Status, new(devices, Topics, "test-hall"), new(Topics, NullLogger<CommandInbox>.Instance), new(hall.Feed, TimeProvider.System, waits), TimeProvider.System, NullLogger<PublishWorker>.Instance);
    }

    public Reporting(TestHall hall, BrokerAddress broker, string? user = null, MqttProtocol protocol = MqttProtocol.V5, IDeviceDirectory? devices = null, WaitQuote? waits = null, TimeSpan? answerPatience = null)
        : this(hall, () => (broker, ""), user, protocol, devices, waits: waits, answerPatience: answerPatience)
    {
    }

    public MqttSettings Settings { get; }

    public MqttStatus Status { get; } = new();

    public MosquittoClient Client { get; }

    public Task StartAsync() => _worker.StartAsync(CancellationToken.None);

    /// <summary>Waits until the status is so, looking again whenever it changes and every 50 ms.</summary>
    public async Task UntilAsync(Func<MqttStatus, bool> so)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (!so(Status)) await Task.Delay(50, watchdog.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync(CancellationToken.None).WaitAsync(TestMosquitto.Watchdog);
        _worker.Dispose();
    }
}
