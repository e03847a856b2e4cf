using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers.Http;

namespace Kiosk.Firmware.Payments.Billers;

/// <summary>The files that billers' access needs: looked at before anything is started.</summary>
internal static class BillerFiles
{
    /// <param name="folder">In which the profile lies.</param>
    public static IEnumerable<ProfileMistake> Check(PaymentsProfile? payments, string folder) =>
        (payments?.Billers ?? []).Index().SelectMany(biller => Check(biller.Item.Access, folder).Select(found => new ProfileMistake($"payments.billers[{biller.Index}].access.{found.Member}", found.Trouble)));

    private static IEnumerable<(string Member, string Trouble)> Check(BillerAccess access, string folder) => access switch
    {
        BillerAccess.ClientCredentials oauth2 when SecretFile.Trouble(Path.Combine(folder, oauth2.SecretFile)) is { } trouble => [("secretFile", trouble)],
        BillerAccess.MutualTls tls => Check(tls, folder),
        _ => [],
    };

    private static IEnumerable<(string Member, string Trouble)> Check(BillerAccess.MutualTls tls, string folder)
    {
        var (certificate, key) = (Path.Combine(folder, tls.CertificateFile), Path.Combine(folder, tls.KeyFile));
        if (SecretFile.Trouble(key) is { } trouble) yield return ("keyFile", trouble);
        else if (Unreadable(certificate, () => X509Certificate2.CreateFromPemFile(certificate, key).Dispose()) is { } unfit) yield return ("certificateFile", unfit);
        if (tls.AuthorityFile is { } name && Path.Combine(folder, name) is var authority && Unreadable(authority, () => Import(authority)) is { } unknown) yield return ("authorityFile", unknown);
    }

    private static void Import(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file);
        if (found.Count == 0) throw new CryptographicException("there is no certificate in it");
    }

    private static string? Unreadable(string file, Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"the file {file} is not what is needed here: {failed.Message}";
        }
    }
}
