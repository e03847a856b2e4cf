using System.Collections.Concurrent;
using System.Text;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;
using static Kiosk.Firmware.Tests.Mqtt.OwnBroker;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The generated access list on a real mosquitto.</summary>
public sealed class BrokerRightsTests
{
    private static readonly string[] OfTheHall =
        [Wire.Events, Wire.HallState, "qms/v1/test-hall/state/counter/1", Wire.Status, Wire.DeviceStatus("ticket-printer"), Wire.Answer, Wire.AnswerTo("store")];

    private static readonly string[] OfTheStore = [Wire.Acknowledgement, Wire.Rebirth, Wire.Command, Wire.CommandOf("store")];

    [Fact]
    public async Task The_host_writes_everything_of_its_hall_and_nothing_of_another()
    {
        await using var broker = await OwnBroker.StartAsync();
        var host = await broker.HostAsync();
        foreach (var topic in OfTheHall.Concat(OfTheStore)) Assert.True(await WritesAsync(host, topic), topic);
        Assert.False(await WritesAsync(host, "qms/v1/other-hall/evt"));
    }

    [Fact]
    public async Task Without_a_user_everything_is_heard_and_nothing_is_written()
    {
        await using var broker = await OwnBroker.StartAsync();
        var (host, anybody) = (await broker.HostAsync(), await broker.ClientAsync(null));
        foreach (var topic in OfTheHall.Concat(OfTheStore)) Assert.False(await WritesAsync(anybody, topic), topic);
        Assert.Equal(OfTheHall, await HeardAsync(anybody, host, OfTheHall));
    }

    [Fact]
    public async Task A_store_acknowledges_asks_and_commands_under_its_own_name_only()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        broker.Add("other", BrokerRight.Store);
        var store = await broker.ClientAsync("store");
        foreach (var topic in OfTheStore) Assert.True(await WritesAsync(store, topic), topic);
        foreach (var topic in OfTheHall.Append(Wire.CommandOf("other")).Append("qms/v1/test-hall/dev/board-2/cmd")) Assert.False(await WritesAsync(store, topic), topic);

        // What comes on cmd is taken for the word of the user "store".
        var other = await broker.ClientAsync("other");
        foreach (var topic in new[] { Wire.Acknowledgement, Wire.Rebirth, Wire.CommandOf("other") }) Assert.True(await WritesAsync(other, topic), topic);
        foreach (var topic in new[] { Wire.Command, Wire.CommandOf("store") }) Assert.False(await WritesAsync(other, topic), topic);
    }

    [Fact]
    public async Task A_board_writes_and_hears_its_own_device_only()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("board-2", BrokerRight.Board, "board-2");
        var (host, board) = (await broker.HostAsync(), await broker.ClientAsync("board-2"));
        string[] own = ["qms/v1/test-hall/dev/board-2/status", "qms/v1/test-hall/dev/board-2/rsp"];
        string[] others = [.. OfTheHall, .. OfTheStore, "qms/v1/test-hall/dev/board-3/status", "qms/v1/test-hall/dev/board-22/status", Wire.CommandOf("board-2")];
        foreach (var topic in own) Assert.True(await WritesAsync(board, topic), topic);
        foreach (var topic in others) Assert.False(await WritesAsync(board, topic), topic);

        string[] said = ["qms/v1/test-hall/dev/board-2/cmd"];
        Assert.Equal(said, await HeardAsync(board, host, [Wire.Events, Wire.HallState, "qms/v1/test-hall/dev/board-3/cmd", .. said]));
    }

    [Fact]
    public async Task A_reader_writes_nothing()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("screen", BrokerRight.Read);
        var (host, reader) = (await broker.HostAsync(), await broker.ClientAsync("screen"));
        foreach (var topic in OfTheHall.Concat(OfTheStore).Append(Wire.CommandOf("screen"))) Assert.False(await WritesAsync(reader, topic), topic);
        Assert.Equal(OfTheHall, await HeardAsync(reader, host, OfTheHall));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_are_refused()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        await MosquittoClientTests.StateAsync<MqttState.Refused>(broker.Client("store", "not-the-password"));
        await MosquittoClientTests.StateAsync<MqttState.Refused>(broker.Client("nobody"));
        await MosquittoClientTests.StateAsync<MqttState.Refused>(broker.Client(broker.Access.HostUser, "not-the-password"));
    }

    /// <summary>The topics of those messages that the listener gets, in the order they were sent in; the last one must be among them.</summary>
    private static async Task<IReadOnlyList<string>> HeardAsync(MosquittoClient listener, MosquittoClient speaker, string[] topics)
    {
        var heard = new BlockingCollection<string>();
        listener.Received += message => heard.Add(message.Topic);
        await listener.SubscribeAsync("qms/v1/#", CancellationToken.None).WaitAsync(TestMosquitto.Watchdog);
        foreach (var topic in topics)
            await (await speaker.SendAsync(topic, Encoding.UTF8.GetBytes("{}"), retain: false, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);

        var all = new List<string>();
        do
        {
            Assert.True(heard.TryTake(out var topic, TestMosquitto.Watchdog), $"only heard {string.Join(", ", all)}");
            all.Add(topic!);
        }
        while (all[^1] != topics[^1]);
        return all;
    }
}
