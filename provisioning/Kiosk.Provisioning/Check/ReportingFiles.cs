using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Check;

/// <summary>Password and certificate files that reporting to the store needs. What is wrong with them keeps the store away, not the hall from starting.</summary>
internal static class ReportingFiles
{
    /// <param name="folder">In which the profile lies.</param>
    /// <returns>Sentences with the member of the profile before them; whether reporting works at all so.</returns>
    public static (IReadOnlyList<string> Said, bool Usable) Look(HallProfile hall, string folder, DateTimeOffset now)
    {
        var said = new List<string>();
        var usable = true;
        if (!hall.Mqtt.Enabled) return (said, usable);
        if (hall.Mqtt.Url is not null) Files("mqtt", new(At(hall.Mqtt.CertFile), At(hall.Mqtt.KeyFile), At(hall.Mqtt.CaFile)));
        if (hall.Mqtt is { Url: not null, PasswordFile: { } file }) Password(At(file)!);
        if (hall.Mqtt.Listen is { } listen) Files("mqtt.listen", new(At(listen.CertFile), At(listen.KeyFile), At(listen.CaFile)));
        return (said, usable);

        string? At(string? name) => name is null ? null : Path.Combine(Path.GetFullPath(folder), name);

        void Files(string member, CertificateFiles files)
        {
            var unusable = files.Unusable();
            usable &= unusable is null;
            if ((unusable ?? files.Worry(now, hall.TimeZone)) is { } sentence) said.Add($"{member}: {sentence}");
        }

        void Password(string path)
        {
            var trouble = PasswordTrouble(path);
            usable &= trouble is null;
            if (trouble is not null) said.Add($"mqtt.passwordFile: {trouble}");
            else if (CertificateFiles.OpenToOthers(path)) said.Add($"mqtt.passwordFile: {path} can be read or changed by others than its owner: chmod 600 {path}.");
        }
    }

    private static string? PasswordTrouble(string path)
    {
        try
        {
            return string.IsNullOrEmpty(File.ReadLines(path).FirstOrDefault()) ? $"The first line of {path} is empty: it must be the password." : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"The password cannot be read from {path}: {failed.Message}";
        }
    }
}
