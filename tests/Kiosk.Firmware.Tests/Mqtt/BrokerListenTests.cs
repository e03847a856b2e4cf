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

    private static MqttListenProfile Listen((string Certificate, string Key) tls, string? caFile) =>
        new("127.0.0.1", TestMosquitto.AnyPort(), tls.Certificate, tls.Key, caFile);
}
