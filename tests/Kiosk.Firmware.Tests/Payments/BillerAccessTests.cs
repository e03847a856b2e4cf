using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kiosk.DemoBiller;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Billers.Http;
using Kiosk.Firmware.Tests.Mqtt;
using Microsoft.Extensions.Logging;
using static Kiosk.Firmware.Tests.Payments.BillerRig;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>How a terminal proves who it is: tokens, secrets in files, certificates.</summary>
public sealed class BillerAccessTests : IAsyncDisposable
{
    private readonly HandTime _time = new();
    private readonly TestDirectory _directory = new();
    private readonly List<IAsyncDisposable> _open = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open) await open.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task One_token_serves_all_requests_until_shortly_before_its_end()
    {
        var rig = await StartAsync();
        var biller = rig.Terminal();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => BillAsync(biller)));
        Assert.Equal(1, rig.Server.TokensIssued);

        _time.Now += TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(31);
        await BillAsync(biller);
        Assert.Equal(1, rig.Server.TokensIssued);

        _time.Now += TimeSpan.FromSeconds(2);
        await BillAsync(biller);
        Assert.Equal(2, rig.Server.TokensIssued);
    }

    [Fact]
    public async Task Token_that_the_biller_forgot_is_replaced_once()
    {
        var rig = await StartAsync();
        var biller = rig.Terminal();
        var bill = await BillAsync(biller);
        rig.Server.ForgetTokens();

        Assert.IsType<PostAnswer.Confirmed>(await biller.PostAsync(Posting("p-1", bill), default).WaitAsync(Watchdog));
        Assert.Equal(2, rig.Server.TokensIssued);
    }

    [Fact]
    public async Task Wrong_secret_lets_nobody_in_and_is_not_told()
    {
        var rig = await StartAsync();

        var answer = Assert.IsType<LookUpAnswer.Unavailable>(await rig.Terminal(secret: () => "hunter2").LookUpAsync(Account, default).WaitAsync(Watchdog));

        Assert.Contains("refuses this terminal (status 401)", answer.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Spoken.Lines.Append(answer.Why), line => line.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(0, rig.Server.TokensIssued);
    }

    [Fact]
    public async Task Secret_in_a_file_that_others_may_read_is_not_used()
    {
        var file = Secret("biller.secret", "a-secret-of-the-demo\n");
        var rig = await StartAsync();
        await BillAsync(rig.Terminal(secret: () => SecretFile.Read(file)));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var answer = Assert.IsType<LookUpAnswer.Unavailable>(await rig.Terminal(secret: () => SecretFile.Read(file)).LookUpAsync(Account, default).WaitAsync(Watchdog));

        Assert.Contains($"chmod 600 {file}", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_or_open_to_others_are_mistakes_of_the_profile()
    {
        File.SetUnixFileMode(Secret("open.secret", "x"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Secret("bad.key", "no key");
        Secret("bad.crt", "no certificate");
        var payments = new PaymentsProfile("T1", "CNY",
            [
                Profile("a") with { Access = new BillerAccess.ClientCredentials(new("https://a.example/token"), "us", "open.secret", null) },
                Profile("b") with { Access = new BillerAccess.ClientCredentials(new("https://a.example/token"), "us", "none.secret", null) },
                Profile("c") with { Access = new BillerAccess.MutualTls("bad.crt", "bad.key", "bad.crt") },
                Profile("d"),
            ], null, null);

        var mistakes = BillerFiles.Check(payments, _directory.Path).ToList();

        Assert.Equal(
            ["payments.billers[0].access.secretFile", "payments.billers[1].access.secretFile", "payments.billers[2].access.certificateFile", "payments.billers[2].access.authorityFile"],
            mistakes.Select(mistake => mistake.Path));
        Assert.Contains("chmod 600", mistakes[0].Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", mistakes[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_our_own_needs_no_token_and_another_one_is_not_let_in()
    {
        var (ours, others, server) = (Issue("hall"), Issue("stranger"), Issue("biller"));
        var options = new BillerServerOptions(Path.Combine(_directory.Path, "tls"), [new("mobile", "CNY", 100, 500_000)]) { Tls = new(server, ours) };
        var demo = await BillerServer.StartAsync(options, TimeProvider.System);
        _open.Add(demo);

        await BillAsync(Terminal(demo, new("hall.crt", "hall.key", "biller.crt")));
        Assert.Equal(0, demo.TokensIssued);
        Assert.IsType<LookUpAnswer.Unavailable>(await Terminal(demo, new("stranger.crt", "stranger.key", "biller.crt")).LookUpAsync(Account, default).WaitAsync(Watchdog));
        Assert.IsType<LookUpAnswer.Unavailable>(await Terminal(demo, new("hall.crt", "hall.key", "stranger.crt")).LookUpAsync(Account, default).WaitAsync(Watchdog));
        Assert.IsType<LookUpAnswer.Unavailable>(await Terminal(demo, new("hall.crt", "hall.key", null)).LookUpAsync(Account, default).WaitAsync(Watchdog));
        GC.KeepAlive(others);
    }

    private async Task<BillerRig> StartAsync()
    {
        var rig = await BillerRig.StartAsync(_time);
        _open.Add(rig);
        return rig;
    }

    private HttpBiller Terminal(BillerServer demo, BillerAccess.MutualTls access)
    {
        var profile = Profile("mobile") with { Url = demo.TlsUrlOf("mobile"), Access = access };
        var door = BillerDoor.Of(profile, _directory.Path, TimeProvider.System);
        _open.Add(new Closing(door));
        return new(profile, profile.Url, "T1", "CNY", door.Line(profile.Patience, TimeProvider.System), new Spoken().CreateLogger<HttpBiller>());
    }

    private string Secret(string name, string text)
    {
        var file = Path.Combine(_directory.Path, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>A certificate that signs itself, for 127.0.0.1, also as PEM files.</summary>
    private X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Secret(name + ".crt", certificate.ExportCertificatePem());
        Secret(name + ".key", key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    /// <summary>Real timers, and a clock that the test sets.</summary>
    private sealed class HandTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Closing(IDisposable what) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            what.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
