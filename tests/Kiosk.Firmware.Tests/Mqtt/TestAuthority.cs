using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Issues certificates as PEM files in a test's directory.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _directory;
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string directory, string name = "authority")
    {
        _directory = directory;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
        File = Path.Combine(directory, name + ".crt");
        System.IO.File.WriteAllText(File, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <param name="host">Whom it is for: an address, a name, or null for none.</param>
    /// <param name="until">From now.</param>
    /// <param name="file">Without extension; null: as the name.</param>
    public (string Certificate, string Key) Issue(string name, string? host = "127.0.0.1", TimeSpan? until = null, string? file = null, TimeSpan? from = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
        else if (host is not null) names.AddDnsName(host);
        if (host is not null) request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(_certificate, now + (from ?? TimeSpan.FromDays(-365)), now + (until ?? TimeSpan.FromDays(365)), RandomNumberGenerator.GetBytes(8));
        var (certFile, keyFile) = (Path.Combine(_directory, (file ?? name) + ".crt"), Path.Combine(_directory, (file ?? name) + ".key"));
        Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        Write(certFile, certificate.ExportCertificatePem());
        return (certFile, keyFile);
    }

    public static void Write(string path, string text)
    {
        System.IO.File.WriteAllText(path, text);
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _certificate.Dispose();
}
