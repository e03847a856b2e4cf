using System.Collections.Concurrent;
using System.Diagnostics;
using Kiosk.Domain.Site;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;
using static Kiosk.Firmware.Tests.Mqtt.OwnBroker;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The hall's own broker, as other machines reach it.</summary>
public sealed class BrokerListenTests
{
    [Fact]
    public async Task By_certificate_a_store_is_who_it_says_and_has_the_rights_of_that_user()
    {
        using var directory = new TestDirectory();
        using var authority = new TestAuthority(directory.Path);
        await using var broker = await OwnBroker.StartAsync(_ => Listen(authority.Issue("broker"), authority.File));
        broker.Add("chain", BrokerRight.Store, password: null);
        var (certificate, key) = authority.Issue("chain");
        var store = broker.Client(null, tls: new(authority.File, certificate, key));
        await MosquittoClientTests.StateAsync<MqttState.Connected>(store);
        while (!await WritesAsync(store, Wire.Acknowledgement)) await Task.Delay(50); // Until the broker has read its users again; the test's own time limit ends it.
        Assert.True(await WritesAsync(store, Wire.CommandOf("chain")));
        Assert.False(await WritesAsync(store, Wire.Events));

        var nobody = await MosquittoClientTests.StateAsync<MqttState.Refused>(broker.Client(null, tls: new(authority.File, null, null)));
        Assert.Equal(Refusal.OurCertificate, nobody.Why);
    }

    [Theory]
    [InlineData("kiosk-test-hall")]
    [InlineData("nobody-made-this-user")]
    [InlineData("by-password")]
    public async Task A_certificate_of_a_name_that_nobody_made_for_it_hears_and_says_nothing(string name)
    {
        using var directory = new TestDirectory();
        using var authority = new TestAuthority(directory.Path);
        await using var broker = await OwnBroker.StartAsync(_ => Listen(authority.Issue("broker"), authority.File));
        broker.Add("by-password", BrokerRight.Store);
        broker.Add("screen", BrokerRight.Read, password: null);
        var (intruder, screen) = (broker.Client(null, tls: Shown(authority, name)), broker.Client(null, tls: Shown(authority, "screen")));
        using var heard = await HeardAsync(screen, broker, Wire.Events);
        using var overheard = new BlockingCollection<string>();
        intruder.Received += message => overheard.Add(message.Topic);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(intruder);
        await intruder.SubscribeAsync("qms/v1/#", CancellationToken.None).WaitAsync(TestMosquitto.Watchdog);

        foreach (var topic in new[] { Wire.Events, Wire.Status, Wire.Acknowledgement, Wire.Rebirth, Wire.Command, Wire.CommandOf(name), Wire.AnswerTo(name) }) Assert.False(await WritesAsync(intruder, topic), topic);

        await SayAsync(broker);
        Assert.True(heard.TryTake(out _, TestMosquitto.Watchdog), "who may read heard nothing");
        Assert.False(overheard.TryTake(out var topicHeard, TimeSpan.FromMilliseconds(500)), topicHeard);
    }

    [Fact]
    public async Task A_removed_certificate_user_hears_nothing_more_and_those_who_are_away_lose_nothing()
    {
        using var directory = new TestDirectory();
        using var authority = new TestAuthority(directory.Path);
        await using var broker = await OwnBroker.StartAsync(_ => Listen(authority.Issue("broker"), authority.File));
        broker.Add("gone", BrokerRight.Read, password: null);
        broker.Add("away", BrokerRight.Store, password: null);
        var gone = broker.Client(null, tls: Shown(authority, "gone"));
        using var heard = await HeardAsync(gone, broker, Wire.Events);
        var (certificate, key) = authority.Issue("away");
        string[] session = ["-h", "127.0.0.1", "-p", $"{broker.ListenPort}", "--cafile", authority.File, "--cert", certificate, "--key", key, "-V", "mqttv5", "-q", "1", "-i", "away-1", "-c", "-x", "3600", "-t", Wire.Events];
        await SubscriberAsync([.. session, "-E"]);
        await SayAsync(broker);
        Assert.True(heard.TryTake(out _, TestMosquitto.Watchdog), "before");

        Assert.Null(broker.Access.Change(users => BrokerUsersChange.Remove(users, "gone")).Refused);
        await UntilAsync(() => gone.State is not MqttState.Connected);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(gone);
        while (heard.TryTake(out _)) { }
        await SayAsync(broker);

        Assert.Equal(2, (await SubscriberAsync([.. session, "-C", "2", "-W", "20"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(heard.TryTake(out var topic), topic);
    }

    [Fact]
    public async Task Without_certificates_of_clients_nobody_is_let_in_without_user_and_password()
    {
        using var directory = new TestDirectory();
        using var authority = new TestAuthority(directory.Path);
        await using var broker = await OwnBroker.StartAsync(_ => Listen(authority.Issue("broker"), null));
        broker.Add("chain", BrokerRight.Store);
        var tls = new MqttTls(authority.File, null, null);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(broker.Client("chain", tls: tls));
        Assert.Equal(Refusal.Password, (await MosquittoClientTests.StateAsync<MqttState.Refused>(broker.Client(null, tls: tls))).Why);
        await MosquittoClientTests.StateAsync<MqttState.Connected>(broker.Client(null));
    }

    [Fact]
    public async Task A_new_certificate_is_taken_without_a_restart_and_those_who_are_there_stay()
    {
        using var directory = new TestDirectory();
        using var authority = new TestAuthority(directory.Path);
        var old = authority.Issue("broker", until: TimeSpan.FromDays(-1));
        await using var broker = await OwnBroker.StartAsync(_ => Listen(old, null));
        await UntilAsync(() => broker.Status.Trouble?.StartsWith($"The certificate {old.Certificate} ended on", StringComparison.Ordinal) == true);
        broker.Add("chain", BrokerRight.Store);
        var (onBoard, store) = (await broker.HostAsync(), broker.Client("chain", tls: new(authority.File, null, null)));
        Assert.Equal(Refusal.TheirCertificate, (await MosquittoClientTests.StateAsync<MqttState.Refused>(store)).Why);

        authority.Issue("broker");
        await MosquittoClientTests.StateAsync<MqttState.Connected>(store);
        Assert.Equal(new MqttState.Connected(1), onBoard.State);
        await UntilAsync(() => broker.Status.Trouble is null);
    }

    private static MqttTls Shown(TestAuthority authority, string name)
    {
        var (certificate, key) = authority.Issue(name);
        return new(authority.File, certificate, key);
    }

    private static async Task SayAsync(OwnBroker broker) => Assert.True(await WritesAsync(await broker.HostAsync(), Wire.Events));

    /// <summary>What a client who may read hears from now on: the broker has read its users by then.</summary>
    private static async Task<BlockingCollection<string>> HeardAsync(MosquittoClient client, OwnBroker broker, string topic)
    {
        var heard = new BlockingCollection<string>();
        client.Received += message => heard.Add(message.Topic);
        var host = await broker.HostAsync();
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        do
        {
            await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
            await MosquittoClientTests.StateAsync<MqttState.Connected>(host);
            await client.SubscribeAsync(topic, watchdog.Token);
            await WritesAsync(host, topic);
        }
        while (!heard.TryTake(out _, 200, watchdog.Token));
        return heard;
    }

    private static async Task<string> SubscriberAsync(string[] words)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        using var program = Process.Start(new ProcessStartInfo("mosquitto_sub", words) { RedirectStandardOutput = true })!;
        try
        {
            var text = await program.StandardOutput.ReadToEndAsync(watchdog.Token);
            await program.WaitForExitAsync(watchdog.Token);
            Assert.Equal(0, program.ExitCode);
            return text;
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }
    }

    private static MqttListenProfile Listen((string Certificate, string Key) tls, string? caFile) =>
        new("127.0.0.1", TestMosquitto.AnyPort(), tls.Certificate, tls.Key, caFile);
}
