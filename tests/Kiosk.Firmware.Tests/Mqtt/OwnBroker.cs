using Kiosk.Domain.Site;
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
    private readonly MqttListenProfile? _listen;

    private OwnBroker(Func<string, MqttListenProfile>? listen)
    {
        _listen = listen?.Invoke(_directory.Path);
        Access = new("test-hall", _directory.Path);
        Broker = Make(TestMosquitto.AnyPort());
    }

    public string Data => _directory.Path;

    public BrokerAccess Access { get; }

    public MqttStatus Status { get; } = new();

    public HallBroker Broker { get; private set; }

    public BrokerAddress Address => Broker.Whereabouts.Address!.Value;

    /// <summary>Of the listener for other machines.</summary>
    public int ListenPort => _listen!.Port;

    public static Topics Wire { get; } = new("test-hall");

    public void Add(string name, BrokerRight may, string? device = null, string? password = Password) =>
        Assert.Null(Access.Change(users => BrokerUsersChange.Add(users, name, may, device, password)).Refused);

    /// <param name="listen">A listener for other machines, from the directory for its files.</param>
    public static async Task<OwnBroker> StartAsync(Func<string, MqttListenProfile>? listen = null)
    {
        var broker = new OwnBroker(listen);
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

    /// <param name="tls">Over the listener for other machines; null: on the board.</param>
    public MosquittoClient Client(string? user, string? password = Password, MqttTls? tls = null)
    {
        var client = new MosquittoClient(
            new($"client-{_clients.Count}-{user}") { User = user, Password = user is null ? null : () => password!, Tls = tls, BackOffLast = TimeSpan.FromMilliseconds(400) },
            () => tls is null ? Broker.Whereabouts : (new BrokerAddress("127.0.0.1", _listen!.Port, Tls: true), ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
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

    public static async Task UntilAsync(Func<bool> so)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (!so()) await Task.Delay(20, watchdog.Token);
    }

    private async Task UpAsync()
    {
        await Broker.StartAsync(CancellationToken.None);
        await UntilAsync(() => Broker.Whereabouts.Address is not null);
    }

    private HallBroker Make(int port) => new(Path.Combine(Data, "broker"), port, Access, Status, TimeProvider.System, NullLogger<HallBroker>.Instance) { Listen = _listen };
}
