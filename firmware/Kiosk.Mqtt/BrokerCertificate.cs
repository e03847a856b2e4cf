using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiosk.Mqtt;

/// <summary>Looks at the certificate that a broker shows. libmosquitto only says that there is no TLS connection; this says why.</summary>
internal static class BrokerCertificate
{
    /// <summary>What is wrong with it, or null: nothing, or it was not seen. Blocks for at most a few times <paramref name="patience"/>.</summary>
    public static string? Trouble(BrokerAddress address, string? caFile, DateTimeOffset now, TimeZoneInfo zone, TimeSpan patience)
    {
        string? found = null;
        try
        {
            using var tcp = new TcpClient();
            if (!tcp.ConnectAsync(address.Host, address.Port).Wait(patience)) return null;
            tcp.SendTimeout = tcp.ReceiveTimeout = (int)patience.TotalMilliseconds;
            using var tls = new SslStream(tcp.GetStream());
            tls.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,

                // Never believed: this connection is made to look, and ends here.
                RemoteCertificateValidationCallback = (_, shown, chain, _) =>
                {
                    if (shown is X509Certificate2 certificate) found = Judge(certificate, chain?.ChainPolicy.ExtraStore, address.Host, caFile, now, zone);
                    return false;
                },
            });
            return found;
        }
        catch (Exception broken) when (broken is AuthenticationException or IOException or SocketException or AggregateException or CryptographicException or ArgumentException)
        {
            // As said: it ends so.
            return found;
        }
    }

    /// <param name="between">Certificates that came with it.</param>
    internal static string? Judge(X509Certificate2 certificate, X509Certificate2Collection? between, string host, string? caFile, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (now > certificate.NotAfter) return $"its certificate ended on {CertificateFiles.Day(certificate.NotAfter, zone)}: whoever runs the broker must renew it.";
        if (now < certificate.NotBefore) return $"its certificate is not valid before {CertificateFiles.Day(certificate.NotBefore, zone)}: check this board's clock; if it is right, whoever runs the broker must renew it.";

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (between is not null) chain.ChainPolicy.ExtraStore.AddRange(between);
        if (caFile is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(CertificateFiles.Certificates(caFile));
        }

        if (!chain.Build(certificate))
        {
            return chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid)
                ? "an authority above its certificate has ended: whoever runs the broker must renew the chain, and mqtt.caFile may need the new authority."
                : $"its certificate was issued by {certificate.Issuer}, whom we do not trust: put that authority into {caFile ?? "mqtt.caFile of the profile (the system does not know it)"}, if it is the right one.";
        }

        return certificate.MatchesHostname(host) ? null : $"its certificate is not for {host} but for {Names(certificate)}: write that name into mqtt.url, or have the broker's certificate issued for {host} as well.";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }
}
