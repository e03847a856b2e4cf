using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiosk.DemoBiller;

/// <param name="Directory">Of the store; made where it does not exist. One server at a time.</param>
public sealed record BillerServerOptions(string Directory, IReadOnlyList<DemoBillerProfile> Billers)
{
    /// <summary>On the loopback; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>With which a token is got.</summary>
    public string ClientId { get; init; } = "kiosk";

    public string Secret { get; init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a reference can be paid.</summary>
    public TimeSpan ReferenceLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Null: no listener with TLS.</summary>
    public BillerTls? Tls { get; init; }
}

/// <summary>A second listener, with TLS both ways (RFC 8705): whoever shows a certificate of the authority needs no token.</summary>
/// <param name="Certificate">Of the server, with its key.</param>
/// <param name="ClientAuthority">Who signs the terminals' certificates.</param>
public sealed record BillerTls(X509Certificate2 Certificate, X509Certificate2 ClientAuthority);
