using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Users that come, change and go while the broker runs.</summary>
public sealed class BrokerReloadTests
{
    [Fact]
    public async Task A_user_who_was_just_made_is_let_in_and_the_host_stays_connected()
    {
        await using var broker = await OwnBroker.StartAsync();
        var host = await broker.HostAsync();
        var early = broker.Client("store");
        await MosquittoClientTests.StateAsync<MqttState.Refused>(early);
        broker.Add("store", BrokerRight.Store);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(early);
        Assert.Equal(new MqttState.Connected(1), host.State);
    }

    [Fact]
    public async Task A_user_who_was_removed_is_sent_away_and_one_with_another_password_has_to_know_it()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        broker.Add("screen", BrokerRight.Read);
        var (store, screen) = (await broker.ClientAsync("store"), await broker.ClientAsync("screen"));
        Assert.Null(broker.Access.Change(users => BrokerUsersChange.Remove(users, "store")).Refused);
        Assert.Null(broker.Access.Change(users => BrokerUsersChange.SetPassword(users, "screen", "another-password")).Refused);
        await MosquittoClientTests.StateAsync<MqttState.Refused>(store);
        await MosquittoClientTests.StateAsync<MqttState.Refused>(screen);
        await broker.ClientAsync("screen", "another-password");
    }

    [Fact]
    public async Task Users_that_were_restored_from_a_backup_are_taken_without_being_told()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        var kept = await File.ReadAllBytesAsync(broker.Access.File);
        Assert.Null(broker.Access.Change(users => BrokerUsersChange.Remove(users, "store")).Refused);
        var store = broker.Client("store");
        await MosquittoClientTests.StateAsync<MqttState.Refused>(store);
        await File.WriteAllBytesAsync(broker.Access.File, kept);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(store);
    }

    [Fact]
    public async Task Damaged_users_are_said_and_those_of_before_go_on()
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        var store = await broker.ClientAsync("store");
        await File.WriteAllTextAsync(broker.Access.File, """{"version":1,"users":[{"name":"store\ntopic write #","may":"store"}]}""");
        await OwnBroker.UntilAsync(() => broker.Status.Trouble is not null);
        Assert.Contains("broker-users.json are damaged", broker.Status.Trouble, StringComparison.Ordinal);
        Assert.IsType<MqttState.Connected>(store.State);
        File.Delete(broker.Access.File);
        await OwnBroker.UntilAsync(() => broker.Status.Trouble is null);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_waits_for_a_store_that_is_away_survives_a_reload(bool otherPassword, bool restarted)
    {
        await using var broker = await OwnBroker.StartAsync();
        broker.Add("store", BrokerRight.Store);
        var password = OwnBroker.Password;
        await using (var there = new Store(broker.Address, user: "store", password: password)) await there.SubscribedAsync();

        var host = await broker.HostAsync();
        await SayAsync(host, 1);
        if (restarted)
        {
            await broker.RestartAsync();
            await MosquittoClientTests.StateAsync<MqttState.Connected>(host);
        }

        await SayAsync(host, 2);
        if (otherPassword)
        {
            password = "another-password";
            Assert.Null(broker.Access.Change(users => BrokerUsersChange.SetPassword(users, "store", password)).Refused);
        }

        // Let in means that the broker has read everything again.
        broker.Add("late", BrokerRight.Read);
        await broker.ClientAsync("late");
        await SayAsync(host, 3);

        await using var back = new Store(broker.Address, user: "store", password: password);
        await back.UntilEventAsync(3);
        Assert.Equal([(1, 1L), (1, 2L), (1, 3L)], back.Events);
    }

    private static async Task SayAsync(MosquittoClient host, int seq)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($$"""{"epoch":1,"seq":{{seq}}}""");
        await (await host.SendAsync(OwnBroker.Wire.Events, text, retain: false, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);
    }
}
