using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiosk.Mqtt;

/// <summary>The PEM files of one side of a TLS connection, as they lie on the disk. Names may be null: that file is not used.</summary>
/// <param name="CertFile">Our certificate first, then those of the authorities in between.</param>
/// <param name="CaFile">Whom we trust.</param>
public sealed record CertificateFiles(string? CertFile, string? KeyFile, string? CaFile)
{
    /// <summary>How long before its end a certificate is spoken of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Why they cannot be used at all, or null: a file is missing, half written or of another kind, or the key is not the certificate's.</summary>
    public string? Unusable()
    {
        if (CaFile is { } authorities && Unreadable(authorities, () => Certificates(authorities).Count == 0) is { } unknown) return unknown;
        if (CertFile is not { } file || KeyFile is not { } key) return null;

        // One by one first: the pair alone would not say which of the two it is.
        if (Unreadable(key, () => !File.ReadAllText(key).Contains("PRIVATE KEY-----", StringComparison.Ordinal)) is { } noKey) return noKey;
        if (Unreadable(file, () => Certificates(file).Count == 0) is { } noCertificate) return noCertificate;
        if (File.ReadAllText(key).Contains("ENCRYPTED", StringComparison.Ordinal)) return $"The key {key} needs a pass phrase, and nobody is there to type it: store it without one (openssl pkey -in … -out …) and chmod 600.";
        try
        {
            X509Certificate2.CreateFromPemFile(file, key).Dispose();
            return null;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return $"The key {key} is not that of the certificate {file}: put the two of one pair there.";
        }
    }

    /// <summary>What a person should see to, or null: a certificate that ends soon, has ended or has not begun; a key that others may read.</summary>
    /// <param name="zone">For dates in words.</param>
    public string? Worry(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Unusable() is not null) return null;
        if (CertFile is { } file && Dates(Certificates(file)[0], file, now, zone) is { } dates) return dates;
        if (KeyFile is { } key && OpenToOthers(key)) return $"The key {key} can be read or changed by others than its owner: chmod 600 {key}.";
        return null;
    }

    /// <summary>Whether others than its owner may read or change it; false where it is not there.</summary>
    public static bool OpenToOthers(string file) => File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0;

    /// <summary>The certificates in a PEM file, the keys left out.</summary>
    /// <exception cref="CryptographicException">It is not one.</exception>
    internal static X509Certificate2Collection Certificates(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file);
        return found;
    }

    internal static string Day(DateTime at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(at), zone).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);

    private static string? Dates(X509Certificate2 certificate, string file, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (from, until) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        if (now < from) return $"The certificate {file} is not valid before {Day(certificate.NotBefore, zone)}: check this board's clock, or take a certificate that is valid now.";
        if (now > until) return $"The certificate {file} ended on {Day(certificate.NotAfter, zone)}: put a new one with its key in its place; it is taken by itself.";
        return until - now > Soon
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The certificate {file} ends on {Day(certificate.NotAfter, zone)}, in {Math.Floor((until - now).TotalDays):0} days: put a new one with its key in its place; it is taken by itself.");
    }

    private static string? Unreadable(string file, Func<bool> empty)
    {
        try
        {
            return empty() ? $"There is nothing in {file} that can be used here: it must be a PEM file, and may be half written." : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"There is no file {file}: put it there, or mend the profile.";
        }
        catch (UnauthorizedAccessException)
        {
            return $"The file {file} may not be read by the user that runs the kiosk: give it to that user (chown, chmod 600).";
        }
        catch (Exception other) when (other is IOException or CryptographicException or ArgumentException)
        {
            return $"The file {file} cannot be used: {other.Message}";
        }
    }
}
