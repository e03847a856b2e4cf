using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.DemoBiller;

/// <summary>
/// A small biller for demo and tests, on a port of the loopback: it keeps what it books on disk, and can be told to misbehave.
/// Its protocol is the one of <c>firmware/docs/billers.md</c>; accounts and control routes are in its README.
/// </summary>
public sealed class BillerServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BillerStore _store;
    private readonly Mood _mood;
    private readonly Tokens _tokens;

    private BillerServer(BillerServerOptions options, WebApplication app, BillerStore store, Mood mood, Tokens tokens)
    {
        (Options, _app, _store, _mood, _tokens) = (options, app, store, mood, tokens);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        Address = addresses.First(address => address.Scheme == Uri.UriSchemeHttp);
        TlsAddress = addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps);
    }

    public BillerServerOptions Options { get; }

    /// <summary>As <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Null: it was started without TLS.</summary>
    public Uri? TlsAddress { get; }

    public Uri TokenUrl => new(Address, "oauth2/token");

    /// <summary>How it behaves, for all requests to come.</summary>
    public Behaviour Behaviour
    {
        get => _mood.Now;
        set => _mood.Now = value;
    }

    /// <summary>Tokens given out since the start.</summary>
    public int TokensIssued => _tokens.Issued;

    /// <summary>That were let in since the start, whatever became of them.</summary>
    public int Requests => _mood.Requests;

    /// <summary>Where a biller is, for the profile.</summary>
    public Uri UrlOf(string biller) => new(Address, biller);

    public Uri TlsUrlOf(string biller) => new(TlsAddress ?? throw new InvalidOperationException("The demo biller was started without TLS."), biller);

    /// <summary>Every token given out so far is refused from now on.</summary>
    public void ForgetTokens() => _tokens.Forget();

    /// <summary>What it has really done, in the order of booking: also what it told nobody.</summary>
    public IReadOnlyList<BookedPosting> Postings(string? biller = null)
    {
        lock (_store.Gate) return _store.All(biller);
    }

    /// <summary>How often a posting with this key came since the start.</summary>
    public int Deliveries(string key) => _mood.Deliveries(key);

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<BillerServer> StartAsync(BillerServerOptions options, TimeProvider time, ILoggerFactory? logs = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new BillerStore(options.Directory);
        WebApplication? app = null;
        try
        {
            var (mood, tokens) = (new Mood(), new Tokens(options, time));
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(BillerServer).Assembly.GetName().Name });
            builder.Logging.ClearProviders();
            if (logs is not null) builder.Services.AddSingleton(logs);
            builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
            app = builder.Build();
            new BillerRoutes(options, store, mood, tokens, time).Map(app);
            await app.StartAsync(cancel);
            return new(options, app, store, mood, tokens);
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            store.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits for a late answer shall not keep the program from ending.
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _store.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, BillerServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestText.MaxBytes;
        kestrel.Limits.MaxConcurrentConnections = 200;
        kestrel.Listen(IPAddress.Loopback, options.Port);
        if (options.Tls is not { } tls) return;

        kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(https =>
        {
            https.ServerCertificate = tls.Certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => IsSigned(certificate, tls.ClientAuthority);
        }));
    }

    private static bool IsSigned(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
