using Kiosk.Firmware.Mqtt;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The hall's own broker as the host runs it, with users, and clients that are them.</summary>
internal sealed class OwnBroker : IAsyncDisposable
{
    public const string Password = "correct-horse-1";

    private readonly TestDirectory _directory = new();
    private readonly List<MosquittoClient> _clients = [];

    private OwnBroker()
    {
        Access = new("test-hall", _directory.Path);
        Broker = Make(TestMosquitto.AnyPort());
    }

    public string Data => _directory.Path;

    public BrokerAccess Access { get; }

    public MqttStatus Status { get; } = new();

    public HallBroker Broker { get; private set; }

    public BrokerAddress Address => Broker.Whereabouts.Address!.Value;

    public static Topics Wire { get; } = new("test-hall");

    public void Add(string name, BrokerRight may, string? device = null, string? password = Password) =>
        Assert.Null(Access.Change(users => BrokerUsersChange.Add(users, name, may, device, password)).Refused);

    public static async Task<OwnBroker> StartAsync()
    {
        var broker = new OwnBroker();
        await broker.UpAsync();
        return broker;
    }

    /// <summary>As at another start of the host: the same data, the same port.</summary>
    public async Task RestartAsync()
    {
        var port = Address.Port;
        await Broker.StopAsync(CancellationToken.None).WaitAsync(TestMosquitto.Watchdog);
        Broker.Dispose();
        Broker = Make(port);
        await UpAsync();
    }

    /// <summary>Connected; null: without a user.</summary>
    public async Task<MosquittoClient> ClientAsync(string? user, string? password = Password)
    {
        var client = Client(user, password);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
        return client;
    }

    public MosquittoClient Client(string? user, string? password = Password)
    {
        var client = new MosquittoClient(
            new($"client-{_clients.Count}-{user}") { User = user, Password = user is null ? null : () => password!, BackOffLast = TimeSpan.FromMilliseconds(400) },
            () => Broker.Whereabouts, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _clients.Add(client);
        client.Start();
        return client;
    }

    public Task<MosquittoClient> HostAsync() => ClientAsync(Access.HostUser, Access.HostPassword);

    /// <summary>Whether the broker lets the client write there.</summary>
    public static async Task<bool> WritesAsync(MosquittoClient client, string topic)
    {
        try
        {
            await (await client.SendAsync(topic, "{}"u8.ToArray(), retain: false, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);
            return true;
        }
        catch (MqttDeniedException denied)
        {
            Assert.Equal(0x87, denied.Code); // Not authorised; MQTT 5, section 3.4.2.1.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await Broker.StopAsync(CancellationToken.None).WaitAsync(TestMosquitto.Watchdog);
        Broker.Dispose();
        _directory.Dispose();
    }

    private async Task UpAsync()
    {
        await Broker.StartAsync(CancellationToken.None);
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (Broker.Whereabouts.Address is null) await Task.Delay(20, watchdog.Token);
    }

    private HallBroker Make(int port) => new(Path.Combine(Data, "broker"), port, Access, Status, TimeProvider.System, NullLogger<HallBroker>.Instance);
}
