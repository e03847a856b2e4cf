using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class TlsTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task With_a_certificate_that_both_sides_trust_it_connects_and_sends()
    {
        var (certificate, key) = Issue("broker");
        var (ours, ourKey) = Issue("hall");
        using var broker = Broker(certificate, key, ours);
        await using var client = Client(broker, new(certificate, ours, ourKey));
        await MosquittoClientTests.StateAsync<MqttState.Connected>(client);
        await (await client.SendAsync("t", new byte[1], false, CancellationToken.None)).WaitAsync(TestMosquitto.Watchdog);
    }

    [Fact]
    public async Task A_broker_whose_certificate_we_do_not_trust_is_refused_and_the_file_is_named()
    {
        var (certificate, key) = Issue("broker");
        var (other, _) = Issue("other");
        using var broker = Broker(certificate, key, certificate);
        await using var client = Client(broker, new(other, null, null));
        var refused = await MosquittoClientTests.StateAsync<MqttState.Refused>(client);
        Assert.Contains(other, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_file_that_is_not_there_is_named()
    {
        var (certificate, key) = Issue("broker");
        using var broker = Broker(certificate, key, certificate);
        await using var client = Client(broker, new("/nowhere/ca.pem", null, null));
        var refused = await MosquittoClientTests.StateAsync<MqttState.Refused>(client);
        Assert.Contains("/nowhere/ca.pem", refused.Reason, StringComparison.Ordinal);
    }

    private TestMosquitto Broker(string certificate, string key, string trusted)
    {
        var broker = new TestMosquitto(
            _directory.Path, $"allow_anonymous true\ncertfile {certificate}\nkeyfile {key}\ncafile {trusted}\nrequire_certificate {(trusted == certificate ? "false" : "true")}");
        broker.Start();
        return broker;
    }

    private static MosquittoClient Client(TestMosquitto broker, MqttTls tls)
    {
        var client = new MosquittoClient(
            new("tls") { Tls = tls, BackOffLast = TimeSpan.FromMilliseconds(400) },
            () => (broker.Address with { Tls = true }, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        client.Start();
        return client;
    }

    /// <summary>A certificate that signs itself, for 127.0.0.1, as PEM files.</summary>
    private (string Certificate, string Key) Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (file, keyFile) = (Path.Combine(_directory.Path, name + ".crt"), Path.Combine(_directory.Path, name + ".key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (file, keyFile);
    }
}
