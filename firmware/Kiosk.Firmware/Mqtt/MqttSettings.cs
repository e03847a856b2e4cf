using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>How the hall reports to the store.</summary>
/// <param name="Url">A broker of the store's, or null for a child broker of our own.</param>
/// <param name="Port">Wanted port of the child broker.</param>
/// <param name="DataDirectory">The child broker lives in its <c>broker</c> folder.</param>
/// <param name="PasswordFile">Its first line is the password. Read at each connect.</param>
/// <param name="AppVersion">Of the host, for <c>status</c>.</param>
public sealed record MqttSettings(
    bool Enabled,
    Uri? Url,
    int Port,
    string DataDirectory,
    string HallId,
    string? User,
    string? PasswordFile,
    string AppVersion)
{
    public MqttProtocol Protocol { get; init; } = MqttProtocol.V5;

    public MqttTls? Tls { get; init; }

    /// <summary>The hall's, for dates in sentences.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Where the child broker listens for other machines, or null.</summary>
    public MqttListenProfile? Listen { get; init; }

    /// <summary>Whether the child broker gets a user for a store by itself.</summary>
    public bool DemoStore { get; init; }

    public static MqttSettings Of(HallProfile profile, string dataDirectory, string appVersion)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new(profile.Mqtt.Enabled, profile.Mqtt.Url, profile.Mqtt.Port, dataDirectory, profile.Id, profile.Mqtt.User, profile.Mqtt.PasswordFile, appVersion)
        {
            Protocol = profile.Mqtt.Old ? MqttProtocol.V311 : MqttProtocol.V5,
            Tls = profile.Mqtt is { CaFile: null, CertFile: null, KeyFile: null } ? null : new(profile.Mqtt.CaFile, profile.Mqtt.CertFile, profile.Mqtt.KeyFile),
            Listen = profile.Mqtt.Listen,
            Zone = profile.TimeZone,
        };
    }

    /// <summary>With names of files that are relative to the profile's folder made absolute.</summary>
    public MqttSettings Beside(string folder)
    {
        return this with
        {
            PasswordFile = Found(PasswordFile),
            Tls = Tls is null ? null : new(Found(Tls.CaFile), Found(Tls.CertFile), Found(Tls.KeyFile)),
            Listen = Listen is null ? null : Listen with { CertFile = Found(Listen.CertFile)!, KeyFile = Found(Listen.KeyFile)!, CaFile = Found(Listen.CaFile) },
        };

        string? Found(string? name) => name is null ? null : Path.Combine(Path.GetFullPath(folder), name);
    }

    /// <exception cref="IOException">The file cannot be read or is empty.</exception>
    internal string Password() =>
        PasswordFile is null ? "" : File.ReadLines(PasswordFile).FirstOrDefault() ?? throw new IOException($"The password file {PasswordFile} is empty.");
}
