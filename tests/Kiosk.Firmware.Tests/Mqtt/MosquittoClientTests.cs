using System.Net;
using System.Net.Sockets;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class MosquittoClientTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task Without_the_right_password_the_state_says_refused_and_why(MqttProtocol protocol)
    {
        using var broker = new TestMosquitto(_directory.Path, "allow_anonymous false");
        broker.Start();
        await using var client = Client(() => (broker.Address, ""), protocol);
        var refused = await StateAsync<MqttState.Refused>(client);
        Assert.Contains("not authori", refused.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"mqtt://127.0.0.1:{broker.Port}", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_accepts_connections_and_never_answers_is_away_and_tried_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new BrokerAddress("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, Tls: false);
        await using var client = Client(() => (address, ""));
        using var first = await silent.AcceptTcpClientAsync().WaitAsync(Watchdog);
        var away = await StateAsync<MqttState.Away>(client);
        Assert.Contains("does not answer MQTT", away.Reason, StringComparison.Ordinal);
        using var second = await silent.AcceptTcpClientAsync().WaitAsync(Watchdog);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_away_until_somebody_comes()
    {
        using var broker = new TestMosquitto(_directory.Path, "allow_anonymous true");
        await using var client = Client(() => (broker.Address, ""));
        var away = await StateAsync<MqttState.Away>(client);
        Assert.Contains("refused", away.Reason, StringComparison.OrdinalIgnoreCase);
        broker.Start();
        Assert.Equal(1, (await StateAsync<MqttState.Connected>(client)).Times);
        broker.Kill();
        await StateAsync<MqttState.Away>(client);
        broker.Start();
        Assert.Equal(2, (await StateAsync<MqttState.Connected>(client)).Times);
    }

    [Fact]
    public async Task A_password_file_that_is_not_there_is_named()
    {
        await using var client = new MosquittoClient(
            new("test") { User = "hall", Password = new MqttSettings(true, null, 0, "", "h", "hall", "/nowhere/password", "0").Password },
            () => (new BrokerAddress("127.0.0.1", 1, false), ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        Assert.Contains("/nowhere/password", (await StateAsync<MqttState.Refused>(client)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_a_message_is_refused_at_once_and_takes_no_place_in_the_window()
    {
        await using var client = Client(() => (null, "There is none."));
        for (var i = 0; i <= MqttOptions.Window; i++)
            await Assert.ThrowsAsync<MqttAwayException>(async () => await client.SendAsync("t", new byte[1], false, CancellationToken.None));
        Assert.Equal("There is none.", (await StateAsync<MqttState.Away>(client)).Reason);
    }

    [Fact]
    public async Task What_was_not_acknowledged_fails_when_the_connection_goes_and_no_more_than_the_window_is_under_way()
    {
        using var frozen = new MuteBroker();
        await using var client = Client(() => (frozen.Address, ""));
        await StateAsync<MqttState.Connected>(client);
        var open = new List<Task>();
        for (var i = 0; i < MqttOptions.Window; i++) open.Add(await client.SendAsync("t", new byte[1], false, CancellationToken.None));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.SendAsync("t", new byte[1], false, patience.Token));

        frozen.Hang();
        foreach (var one in open) await Assert.ThrowsAsync<MqttAwayException>(() => one.WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("mqtt://broker", "mqtt://broker:1883")]
    [InlineData("mqtts://broker", "mqtts://broker:8883")]
    [InlineData("mqtt://10.0.0.1:2000", "mqtt://10.0.0.1:2000")]
    public void Broker_addresses_have_default_ports(string url, string address) => Assert.Equal(address, BrokerAddress.Of(new(url)).ToString());

    [Fact]
    public void Another_scheme_is_no_broker_address() =>
        Assert.Contains("mqtts://host:port", Assert.Throws<ArgumentException>(() => BrokerAddress.Of(new("http://broker"))).Message, StringComparison.Ordinal);

    internal static async Task<T> StateAsync<T>(IMqttClient client)
        where T : MqttState => (T)await UntilAsync(client, state => state is T);

    /// <summary>The first state that says how it is.</summary>
    internal static Task<MqttState> SettledAsync(IMqttClient client) => UntilAsync(client, state => state is not MqttState.Connecting);

    private static async Task<MqttState> UntilAsync(IMqttClient client, Func<MqttState, bool> wanted)
    {
        var found = new TaskCompletionSource<MqttState>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(MqttState state)
        {
            if (wanted(state)) found.TrySetResult(state);
        }

        client.StateChanged += Look;
        Look(client.State);
        try
        {
            return await found.Task.WaitAsync(Watchdog);
        }
        finally
        {
            client.StateChanged -= Look;
        }
    }

    private static MosquittoClient Client(Func<(BrokerAddress? Address, string Reason)> broker, MqttProtocol protocol = MqttProtocol.V5)
    {
        var options = new MqttOptions("test")
        {
            Protocol = protocol, User = "hall", Password = () => "wrong", Patience = TimeSpan.FromSeconds(1), BackOffLast = TimeSpan.FromMilliseconds(400),
        };
        var client = new MosquittoClient(options, broker, TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        return client;
    }
}
