using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>The connection to one biller, and what proves there who we are.</summary>
internal sealed class BillerDoor : IDisposable
{
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly HttpMessageInvoker _http;
    private readonly TokenSource? _tokens;

    private BillerDoor(HttpMessageHandler handler, Func<HttpMessageInvoker, TokenSource?> tokens)
    {
        _http = new(handler, disposeHandler: true);
        _tokens = tokens(_http);
    }

    /// <summary>As the profile says.</summary>
    /// <param name="folder">In which the profile lies, and the files it names.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file is no PEM of what it should be.</exception>
    public static BillerDoor Of(BillerProfile biller, string folder, TimeProvider time) => biller.Access switch
    {
        BillerAccess.ClientCredentials access => WithToken(Plain(biller), access, () => SecretFile.Read(Path.Combine(folder, access.SecretFile)), time),
        BillerAccess.MutualTls access => new(WithCertificate(Plain(biller), access, folder), _ => null),
        _ => throw new ArgumentException($"{biller.Id} is emulated: its secret is the demo server's.", nameof(biller)),
    };

    /// <param name="handler">Owned by the door from now on.</param>
    public static BillerDoor WithToken(HttpMessageHandler handler, BillerAccess.ClientCredentials access, Func<string> secret, TimeProvider time) =>
        new(handler, http => new(http, access.TokenUrl, access.ClientId, secret, access.Scope, time));

    public BillerLine Line(TimeSpan patience, TimeProvider time) => new(_http, _tokens, patience, time);

    public void Dispose()
    {
        _http.Dispose();
        _tokens?.Dispose();
    }

    /// <summary>No redirects: an account does not travel to an address that the profile does not name. No cookies: nothing is remembered between customers.</summary>
    public static SocketsHttpHandler Plain(BillerProfile biller) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !biller.Url.IsLoopback && biller.Access is not BillerAccess.Emulated,
        ConnectTimeout = biller.Patience,
        PooledConnectionLifetime = ConnectionLife,
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 16,
    };

    private static SocketsHttpHandler WithCertificate(SocketsHttpHandler handler, BillerAccess.MutualTls access, string folder)
    {
        var own = X509Certificate2.CreateFromPemFile(Path.Combine(folder, access.CertificateFile), Path.Combine(folder, access.KeyFile));
        handler.SslOptions = new SslClientAuthenticationOptions { ClientCertificates = [own], LocalCertificateSelectionCallback = (_, _, _, _, _) => own };
        if (access.AuthorityFile is { } authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(Path.Combine(folder, authority));
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}
