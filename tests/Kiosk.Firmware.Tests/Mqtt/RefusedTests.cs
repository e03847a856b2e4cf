using Kiosk.Mqtt;
using Kiosk.Journal.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Each way in which a broker and we do not get along has a sentence of its own, that says what to do.</summary>
public sealed class RefusedTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly TestAuthority _authority;
    private readonly TestAuthority _other;

    public RefusedTests() => (_authority, _other) = (new(_directory.Path), new(_directory.Path, "other-authority"));

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public Task A_broker_of_an_authority_that_we_do_not_trust() => RefusedAsync(
        Broker(_authority.Issue("broker")), new(_other.File, null, null), Refusal.TheirCertificate, $"its certificate was issued by CN=authority, whom we do not trust: put that authority into {_other.File}");

    [Fact]
    public Task A_broker_whose_certificate_is_for_another_name() => RefusedAsync(
        Broker(_authority.Issue("broker", "broker.example")), Trusting, Refusal.TheirCertificate, "its certificate is not for 127.0.0.1 but for broker.example: write that name into mqtt.url");

    [Fact]
    public Task A_broker_whose_certificate_has_ended() => RefusedAsync(
        Broker(_authority.Issue("broker", until: TimeSpan.FromDays(-3))), Trusting, Refusal.TheirCertificate, "its certificate ended on", "whoever runs the broker must renew it");

    [Fact]
    public Task A_broker_whose_certificate_has_not_begun() => RefusedAsync(
        Broker(_authority.Issue("broker", from: TimeSpan.FromDays(3))), Trusting, Refusal.TheirCertificate, "its certificate is not valid before", "check this board's clock");

    [Theory]
    [InlineData("")]
    [InlineData("tls_version tlsv1.3")]
    public Task A_broker_that_wants_to_see_a_certificate(string version) => RefusedAsync(
        Broker(_authority.Issue("broker"), $"require_certificate true\n{version}"), Trusting, Refusal.OurCertificate, "wants to see a certificate of ours, and the profile names none");

    [Theory]
    [InlineData("")]
    [InlineData("tls_version tlsv1.3")]
    public Task A_broker_that_does_not_know_our_authority(string version)
    {
        var (certificate, key) = _other.Issue("hall");
        return RefusedAsync(
            Broker(_authority.Issue("broker"), $"require_certificate true\n{version}"), new(_authority.File, certificate, key), Refusal.OurCertificate,
            $"does not know the authority that issued our certificate ({certificate})");
    }

    [Fact]
    public Task A_broker_for_which_our_certificate_has_ended()
    {
        var (certificate, key) = _authority.Issue("hall", until: TimeSpan.FromDays(-3));
        return RefusedAsync(
            Broker(_authority.Issue("broker"), "require_certificate true"), new(_authority.File, certificate, key), Refusal.OurCertificate, $"says that our certificate has ended ({certificate})");
    }

    [Fact]
    public async Task A_port_without_TLS()
    {
        using var broker = Broker(null);
        broker.Start();
        await using var client = Client(broker, Trusting);
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (client.State is not MqttState.Away { Reason: var reason } || !reason.Contains("broke off while TLS was agreed upon", StringComparison.Ordinal)) await Task.Delay(20, watchdog.Token);
        Assert.EndsWith("is that its TLS port?", ((MqttState.Away)client.State).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_key_of_another_certificate()
    {
        var (certificate, _) = _authority.Issue("hall");
        var (_, key) = _authority.Issue("another");
        return RefusedAsync(Broker(_authority.Issue("broker")), new(_authority.File, certificate, key), Refusal.Files, $"The key {key} is not that of the certificate {certificate}");
    }

    [Fact]
    public Task A_file_that_is_not_there() => RefusedAsync(
        Broker(_authority.Issue("broker")), new("/nowhere/ca.pem", null, null), Refusal.Files, "There is no file /nowhere/ca.pem: put it there, or mend the profile.");

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task A_broker_that_does_not_know_our_password(MqttProtocol protocol)
    {
        var passwords = Path.Combine(_directory.Path, "passwords");
        await File.WriteAllTextAsync(passwords, $"hall:{BrokerPassword.Hash("right", 101)}\n");
        using var broker = new TestMosquitto(_directory.Path, $"allow_anonymous false\npassword_file {passwords}");
        broker.Start();
        await using var client = new MosquittoClient(
            new("hall") { User = "hall", Password = () => "wrong", Protocol = protocol, BackOffLast = TimeSpan.FromMilliseconds(400) }, () => (broker.Address, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        var refused = await MosquittoClientTests.StateAsync<MqttState.Refused>(client);
        Assert.Equal(Refusal.Password, refused.Why);
        Assert.Contains("Our user is hall: put the right password into its file", refused.Reason, StringComparison.Ordinal);
    }

    private MqttTls Trusting => new(_authority.File, null, null);

    private TestMosquitto Broker((string Certificate, string Key)? tls, string more = "") => new(
        _directory.Path, $"allow_anonymous true\n{(tls is var (certificate, key) ? $"certfile {certificate}\nkeyfile {key}\ncafile {_authority.File}" : "")}\n{more}");

    private static MosquittoClient Client(TestMosquitto broker, MqttTls tls)
    {
        var client = new MosquittoClient(
            new("hall") { Tls = tls, BackOffLast = TimeSpan.FromMilliseconds(400) }, () => (broker.Address with { Tls = true }, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        return client;
    }

    private static async Task RefusedAsync(TestMosquitto broker, MqttTls tls, Refusal why, params string[] said)
    {
        using (broker)
        {
            broker.Start();
            await using var client = Client(broker, tls);
            var refused = await MosquittoClientTests.StateAsync<MqttState.Refused>(client);
            foreach (var words in said) Assert.Contains(words, refused.Reason, StringComparison.Ordinal);
            Assert.Equal(why, refused.Why);
        }
    }
}
